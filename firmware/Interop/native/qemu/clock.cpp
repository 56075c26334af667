#include "clock.h"

#include "registers.h"

namespace iotattest::qemu
{
namespace
{
constexpr std::uint32_t ProcessorHz = 168000000; // what QEMU gives this board
constexpr std::uint32_t TicksPerSecond = 20;     // SysTick counts 24 bits, a second does not fit
constexpr std::uint32_t Enable = 1;
constexpr std::uint32_t RaiseInterrupt = 2;
constexpr std::uint32_t FromProcessorClock = 4;

static_assert(ProcessorHz / TicksPerSecond <= 0x1000000, "fits in SysTick");

volatile std::uint32_t seconds;
std::uint32_t ticks; // of the second in work; the handler's own
}

void start_clock()
{
    // SYST_RVR, SYST_CVR, SYST_CSR (ARMv7-M, section B3.3).
    hardware_register<0xE000E014>() = ProcessorHz / TicksPerSecond - 1;
    hardware_register<0xE000E018>() = 0;
    hardware_register<0xE000E010>() = Enable | RaiseInterrupt | FromProcessorClock;
}

std::uint32_t uptime_seconds()
{
    return seconds;
}
}

extern "C" void systick_handler()
{
    using namespace iotattest::qemu;
    ticks++;
    if (ticks == TicksPerSecond)
    {
        ticks = 0;
        seconds = seconds + 1;
    }
}
