// What the option bytes say, read from the chip at every call.
#pragma once

#include "ops.h"

namespace iotattest::stm32
{
// RDP. Level 1: no access to flash while a debugger is connected or code was started from RAM or the chip's own boot loader. Level 2: the debug
// port is off for good and the option bytes are frozen.
enum class ReadProtection : std::uint8_t { Level0 = 0, Level1 = 1, Level2 = 2 };

ReadProtection read_protection();

// Whether the sector can neither be erased nor programmed.
bool is_write_protected(unsigned sector);

// Level 1 or 2, and the sector of the key write-protected. Without it there is no evidence.
bool is_key_locked();

// The claims oemboot and dbgstat.
BootFacts boot_facts();
}
