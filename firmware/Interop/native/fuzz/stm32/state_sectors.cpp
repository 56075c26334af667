#include "state_sectors.h"

#include <cstring>
#include <limits>

#include "bus.h"

namespace
{
using namespace iotattest::stm32;
using iotattest::fuzz::require;

constexpr unsigned First = 1;
constexpr unsigned Behind = 4;
constexpr std::uint32_t Start = FlashBase + sector_offset(First);
constexpr std::uint32_t Bytes = sector_offset(Behind) - sector_offset(First);

std::uint32_t words[Bytes / sizeof(std::uint32_t)];
unsigned operations_left;
std::uint32_t bits_of_the_last;

std::uint32_t& word_at(std::uint32_t address)
{
    require(address >= Start && address - Start < Bytes && address % sizeof(std::uint32_t) == 0, "an address of the state sectors");
    return words[(address - Start) / sizeof(std::uint32_t)];
}

// Whether this operation is done, and in `is_last` whether power goes in the middle of it.
bool has_power(bool* is_last)
{
    *is_last = operations_left == 1;
    operations_left -= operations_left > 0 ? 1 : 0;
    return operations_left > 0 || *is_last;
}
}

namespace iotattest::fuzz
{
void renew_flash()
{
    std::memset(words, 0xFF, sizeof words);
    restore_power();
}

void put_word(std::uint32_t address, std::uint32_t word)
{
    word_at(address) = word;
}

void cut_power_after(unsigned operations, std::uint32_t bits_that_stay)
{
    operations_left = operations;
    bits_of_the_last = bits_that_stay;
}

void restore_power()
{
    operations_left = std::numeric_limits<unsigned>::max();
}
}

namespace iotattest::stm32
{
std::uint32_t bus_load(std::uint32_t address)
{
    return word_at(address);
}

bool program_word(std::uint32_t address, std::uint32_t word)
{
    bool is_last = false;
    if (!has_power(&is_last))
    {
        return false;
    }

    std::uint32_t& cells = word_at(address);
    cells &= is_last ? word | bits_of_the_last : word; // bits only go from 1 to 0
    return !is_last && cells == word;
}

bool erase_sector(unsigned sector)
{
    require(sector >= First && sector < Behind, "a state sector");
    bool is_last = false;
    if (!has_power(&is_last))
    {
        return false;
    }

    for (std::uint32_t at = 0; at < sector_bytes(sector); at += sizeof(std::uint32_t))
    {
        std::uint32_t& cells = word_at(FlashBase + sector_offset(sector) + at);
        cells = is_last ? cells | bits_of_the_last : BlankWord; // bits only go from 0 to 1
    }

    return !is_last;
}

void read_flash(std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    for (std::size_t i = 0; i < count; i++)
    {
        const std::uint32_t at = address + static_cast<std::uint32_t>(i);
        bytes[i] = static_cast<std::uint8_t>(word_at(at - at % sizeof at) >> (8 * (at % sizeof at))); // little endian, as the chip
    }
}
}
