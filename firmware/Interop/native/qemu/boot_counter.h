#pragma once

#include <cstdint>

namespace iotattest::qemu
{
// Counts a boot in the file "boot-count" of the folder the emulator runs in: 8 bytes, big endian. Who makes the board writes the first one;
// a board whose file is gone must not start again at zero. It is as durable as a file of the PC that was closed and renamed.
// False when it cannot be read, written and read back, or has reached 2^63 - 1.
bool count_boot(std::uint64_t* count);
}
