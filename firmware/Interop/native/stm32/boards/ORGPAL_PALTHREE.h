// ORGPAL_PALTHREE: the release map of nf-interpreter's 1.17 line with the last three sectors taken from the deployment.
#pragma once

namespace iotattest::stm32
{
constexpr MappedRegion MeasuredRegions[] = {
    {Name::Bootloader, 0x0, 0x8000},
    {Name::Clr, 0x10000, 0xB0000},
    {Name::Deployment, 0xC0000, 0x80000},
};

constexpr unsigned CounterSectors[] = {9, 10};
constexpr unsigned KeySector = 11;
constexpr unsigned BootloaderSector = 0;
}
