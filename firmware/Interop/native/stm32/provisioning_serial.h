// The serial port of the factory's console; compiled into no other build.
#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::stm32
{
// Waits for a byte. False when none came for a while, or the port was reset; the caller asks again.
bool read_serial(std::uint8_t* byte);

// Hands the bytes to the port; whoever sent the line notices when they do not arrive.
void write_serial(const char* bytes, std::size_t count);
}
