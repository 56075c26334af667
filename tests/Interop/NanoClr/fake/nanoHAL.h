// Stand-in for the interpreter's header: the tick counts milliseconds in 32 bits, as on ESP32.
#pragma once

#include <cstdint>

extern std::uint32_t fake_tick;

inline std::uint64_t HAL_Time_CurrentSysTicks()
{
    return fake_tick;
}

inline std::uint64_t HAL_Time_SysTicksToTime(std::uint64_t ticks)
{
    return ticks * 10000; // 100 ns
}
