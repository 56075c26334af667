#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::qemu
{
// USART1, which the emulator connects to its serial line. Clocks and pins are not set up: the emulator has neither.
void start_uart();

// Sleeps until a byte is there.
char read_char();
void write_text(const char* text);
void write_number(std::uint32_t number);
void write_hex(const std::uint8_t* bytes, std::size_t count);
}
