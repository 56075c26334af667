#pragma once

#include <cstdint>

namespace iotattest::qemu
{
// Seconds since start_clock, counted by SysTick.
void start_clock();
std::uint32_t uptime_seconds();
}
