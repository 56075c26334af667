// A chip behind the port's bus: flash whose bits only fall when it is programmed, option bytes, the flash controller's rules, a data cache
// that keeps what it read, a random number generator, and a power supply that fails on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

#include "chip.h"

namespace iotattest::stm32::fake
{
// What a power cut leaves of the step it hits.
enum class Cut
{
    Untouched = 0, // nothing happened yet
    Some = 1,      // any of the bits
    Done = 2,      // all bits, but no more
    Zeroed = 3,    // an erase had first programmed cells to 0
    Looks = 4,     // an erase that reads as blank and is not done
    First = 5,     // an erase that left the first 8 bytes as they were
};

// What outlasts a loss of power.
struct Memory
{
    std::uint8_t flash[FlashBytes];
    std::uint32_t options;
    std::uint32_t options1;
    std::uint8_t is_half_erased[SectorCount]; // 1 while a cut erase was not done again: such cells do not keep what they are given
};

struct Chip
{
    Memory* memory = nullptr;
    void (*power_off)() = nullptr; // does not return

    int steps_to_cut = -1; // steps that still succeed; none fails when negative
    Cut cut = Cut::Untouched;
    bool is_stuck = false; // the controller stays busy for ever
    bool has_cache = false;
    std::uint32_t random_status = 1; // of the generator
    bool random_repeats = false;

    std::uint32_t access = 0;
    std::uint32_t control = 0;
    std::uint32_t status = 0;
    std::uint32_t options = 0;
    std::uint32_t options1 = 0;
    std::uint32_t last_key = 0;
    std::uint32_t random_control = 0;
    int busy = 0;
    int critical = 0;
    std::uint64_t steps = 0;
    std::uint64_t erases = 0;
    std::uint32_t region_writes = 0;
    std::uint64_t uptime = 0;
    std::mt19937 dice{1};
    bool is_cached[FlashBytes / DataLineBytes];
    std::uint8_t cache[FlashBytes];

    // As after a reset; flash and option bytes stay.
    void power_on();
};

extern Chip chip;

// A chip as it comes from the maker.
void make_new(Memory* memory);
}
