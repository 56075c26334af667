#include <nanoHAL.h>

#include "clr_module.h"
#include "port.h"

namespace iotattest
{
namespace
{
constexpr std::uint64_t UnitsPerSecond = 10000000; // 100 ns

std::uint64_t last = 0;
std::uint64_t elapsed = 0;

std::uint64_t now()
{
    return HAL_Time_SysTicksToTime(HAL_Time_CurrentSysTicks());
}
}

void start_uptime()
{
    last = now();
    elapsed = 0;
}

// The tick of ESP32 has 32 bits and starts again at 0 after weeks. Uptime that fell would look like a clone, so the difference is
// added up: a restart of the tick that was not seen in time makes uptime lag, never fall.
bool clr_uptime(void*, std::uint64_t* seconds)
{
    const std::uint64_t tick = now();
    elapsed += tick >= last ? tick - last : tick;
    last = tick;
    *seconds = elapsed / UnitsPerSecond;
    return true;
}
}
