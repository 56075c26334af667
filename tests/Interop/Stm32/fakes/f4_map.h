// A chip of the F4 family, with state in its second bank.
#pragma once

namespace iotattest::stm32
{
constexpr MappedRegion MeasuredRegions[] = {
    {Name::Bootloader, 0x0, 0x8000},
    {Name::Clr, 0x8000, 0x98000},
    {Name::Deployment, 0xA0000, 0x60000},
};

constexpr unsigned CounterSectors[] = {13, 14};
constexpr unsigned KeySector = 15;
constexpr unsigned BootloaderSector = 0;
}
