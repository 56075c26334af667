// For a chip of the F4 family: small sectors for the port's state, so that a run is short and they fill up.
#pragma once

namespace iotattest::stm32
{
constexpr MappedRegion MeasuredRegions[] = {
    {Name::Bootloader, 0x0, 0x4000},
    {Name::Deployment, 0x40000, 0x40000},
};

constexpr unsigned CounterSectors[] = {1, 2};
constexpr unsigned KeySector = 3;
constexpr unsigned BootloaderSector = 0;
}
