// What lies where in flash, of the board that IOTATTEST_BOARD_MAP names. A test compares it with boards/<target>.json.
#pragma once

#include "chip.h"
#include "ops.h"

#ifndef IOTATTEST_BOARD_MAP
#error "define IOTATTEST_BOARD_MAP, for example as \"boards/ST_STM32F769I_DISCOVERY.h\" with its quotation marks"
#endif

namespace iotattest::stm32
{
struct MappedRegion
{
    Name name;
    std::uint32_t offset; // from FlashBase
    std::uint32_t length;
};
}

#include IOTATTEST_BOARD_MAP

namespace iotattest::stm32
{
constexpr std::size_t MeasuredCount = sizeof MeasuredRegions / sizeof MeasuredRegions[0];

constexpr bool is_state_sector(unsigned sector)
{
    return sector == CounterSectors[0] || sector == CounterSectors[1] || sector == KeySector;
}

// Whether `count` bytes from `offset` share a byte with a measured region.
constexpr bool touches_measured(std::uint32_t offset, std::uint64_t count)
{
    for (const MappedRegion& region : MeasuredRegions)
    {
        if (offset < std::uint64_t{region.offset} + region.length && region.offset < offset + count)
        {
            return true;
        }
    }

    return false;
}

constexpr bool has_state_of_its_own(unsigned sector)
{
    return sector < SectorCount && !touches_measured(sector_offset(sector), sector_bytes(sector));
}

constexpr bool ends_with_sectors()
{
    for (const MappedRegion& region : MeasuredRegions)
    {
        const std::uint32_t end = region.offset + region.length;
        if (end > FlashBytes || sector_offset(sector_at(region.offset)) != region.offset || (end < FlashBytes && sector_offset(sector_at(end)) != end))
        {
            return false;
        }
    }

    return true;
}

static_assert(MeasuredCount <= MaxRegions, "more than the core takes");
static_assert(ends_with_sectors(), "an erase touches one region only");
static_assert(has_state_of_its_own(CounterSectors[0]) && has_state_of_its_own(CounterSectors[1]) && has_state_of_its_own(KeySector),
    "state is never measured");
static_assert(CounterSectors[0] != CounterSectors[1] && CounterSectors[0] != KeySector && CounterSectors[1] != KeySector, "each has a sector");
static_assert(sector_bytes(CounterSectors[0]) == sector_bytes(CounterSectors[1]), "both hold the same number of boots");
}
