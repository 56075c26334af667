// Sectors of 32 KiB for the counter, so that they fill up soon.
#pragma once

namespace iotattest::stm32
{
constexpr MappedRegion MeasuredRegions[] = {
    {Name::Bootloader, 0x0, 0x8000},
    {Name::Deployment, 0x40000, 0x40000},
};

constexpr unsigned CounterSectors[] = {1, 2};
constexpr unsigned KeySector = 3;
constexpr unsigned BootloaderSector = 0;
}
