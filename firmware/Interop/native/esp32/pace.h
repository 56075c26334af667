#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::esp32
{
// Lets the idle task run and feeds the watchdog while a whole region is read in one call, as the boot measurement does.
class Pace
{
public:
    void spend(std::size_t bytes);

private:
    // 64 KiB take about 30 ms (estimate); the task watchdog's shortest time is one second.
    static constexpr std::uint32_t PauseBytes = 0x10000;

    std::uint32_t bytes_ = 0;
};
}
