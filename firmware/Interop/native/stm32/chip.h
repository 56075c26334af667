// The chip family; everything else in this folder is the same for both.
#pragma once

#ifdef IOTATTEST_STM32F4
#include "chip_f4.h"
#else
#include "chip_f7.h"
#endif

namespace iotattest::stm32
{
static_assert(sector_offset(SectorCount) == FlashBytes, "the sectors fill the flash");

constexpr std::uint32_t sector_bytes(unsigned sector)
{
    return sector_offset(sector + 1) - sector_offset(sector);
}

// `offset` is below FlashBytes.
constexpr unsigned sector_at(std::uint32_t offset)
{
    unsigned sector = 0;
    while (sector_offset(sector + 1) <= offset)
    {
        sector++;
    }

    return sector;
}
}
