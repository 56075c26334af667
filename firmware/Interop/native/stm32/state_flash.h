// Programming and erasing at register level, for the sectors that hold the port's state and for no other. Not nanoFramework's
// stm32FlashWrite and stm32FlashErase (_nf-overlay, FLASHv2): those wait without an end, leave stale lines in the data cache of a
// Cortex-M7, give no read-back, and program a word in two steps.
//
// Flash of one bank answers no read while it is programmed or erased, instruction fetches included: the whole processor stands still
// for about 20 microseconds a word, and for one to several seconds in an erase of 256 KiB. A watchdog has to allow for that.
#pragma once

#include "board_map.h"

namespace iotattest::stm32
{
// Programs one word of a state sector and reads it back. Bits only go from 1 to 0. False when it does not read back, lies outside the state
// sectors, the sector is write-protected, or the chip is not set up as the map assumes.
bool program_word(std::uint32_t address, std::uint32_t word);

// Erases a state sector and checks that it is blank.
bool erase_sector(unsigned sector);

// Any bytes of flash, as the cells hold them and not as a cache does.
void read_flash(std::uint32_t address, std::uint8_t* bytes, std::size_t count);

constexpr std::uint32_t BlankWord = 0xFFFFFFFF;

// Waits until the flash controller is idle; false after `polls` looks, or when it reports an error.
bool wait_for_flash(std::uint32_t polls);
}
