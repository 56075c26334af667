// Flash of the three state sectors, behind what state_flash.h and bus.h promise; power can be cut while a word is programmed.
#pragma once

#include "input.h"
#include "state_flash.h"

namespace iotattest::fuzz
{
// All blank, with power for ever.
void renew_flash();

// Changes a word as no port would: to any content.
void put_word(std::uint32_t address, std::uint32_t word);

// Cuts power at that many programmed words or erased sectors from now on: the last leaves some bits, nothing works after it.
void cut_power_after(unsigned operations, std::uint32_t bits_that_stay);
void restore_power();
}
