// Counts boots in two sectors of flash so that a count is never given out twice or falls, wherever power is lost.
#pragma once

#include <cstdint>

namespace iotattest::stm32
{
// The next count, 1 on a new chip; durable and read back before it returns. False when flash does not take it, or at the end of 2^32 counts.
bool next_boot_count(std::uint32_t* count);
}
