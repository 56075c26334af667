// The rules of the flash controller and of the option bytes.
#pragma once

#include "fake_chip.h"

namespace iotattest::stm32::fake
{
// Ends the program: a driver that does this is wrong, whatever the result.
[[noreturn]] void refuse(const char* what);

// A word that is stored where flash is mapped.
void program(std::uint32_t address, std::uint32_t value);

void write_control(std::uint32_t value);
void write_options(std::uint32_t value);
void write_key(std::uint32_t value, std::uint32_t first, std::uint32_t second, std::uint32_t* locked, std::uint32_t lock);
}
