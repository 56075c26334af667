// The boot counter against power cuts: first every step of every kind of start, with a second cut in the boot after it, then a long run by dice.
//   iotattest-stm32-counter BOOTS
// Prints one line and ends with 0, or says what did not hold and ends with 1.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <csetjmp>

#include "boot_counter.h"
#include "fake_chip.h"
#include "board_map.h"
#include "port.h"

namespace iotattest
{
// The counter needs nothing of the interpreter.
std::uint32_t clr_region_writes(void*)
{
    return 0;
}
}

namespace iotattest::stm32::fake
{
namespace
{
constexpr std::uint32_t SlotBytes = 8;
constexpr std::uint32_t SlotCount = sector_bytes(CounterSectors[0]) / SlotBytes;
constexpr Cut Cuts[] = {Cut::Untouched, Cut::Some, Cut::Done, Cut::Zeroed, Cut::Looks, Cut::First};

Memory memory;
Memory snapshot;
std::jmp_buf dark;
std::uint64_t boots = 0;
std::uint64_t cuts = 0;

void power_off()
{
    cuts++;
    std::longjmp(dark, 1);
}

[[noreturn]] void fail(const char* what, std::uint32_t seen, std::uint32_t expected)
{
    std::printf("%s: seen %u, expected above %u\n", what, seen, expected);
    std::exit(1);
}

// A boot whose power fails after `steps` steps, or never when negative. The count it got, 0 when power failed first.
std::uint32_t boot(int steps, Cut cut)
{
    static std::uint32_t count;
    count = 0;
    chip.power_on();
    chip.steps_to_cut = steps;
    chip.cut = cut;
    boots++;
    if (setjmp(dark) == 0 && !next_boot_count(&count))
    {
        fail("a boot was not counted", 0, 0);
    }

    return count;
}

void put(unsigned sector, std::uint32_t slot, std::uint32_t first, std::uint32_t second)
{
    std::uint8_t* const at = memory.flash + sector_offset(sector) + slot * SlotBytes;
    std::memcpy(at, &first, sizeof first);
    std::memcpy(at + sizeof first, &second, sizeof second);
}

void blank(unsigned sector)
{
    std::memset(memory.flash + sector_offset(sector), 0xFF, sector_bytes(sector));
}

// A log as the counter writes it, from `first` on, with `free` slots left.
void fill(unsigned sector, std::uint32_t first, std::uint32_t free)
{
    blank(sector);
    put(sector, 0, 0x49414331, ~0x49414331U);
    for (std::uint32_t slot = 1; slot < SlotCount - free; slot++)
    {
        put(sector, slot, first + slot - 1, ~(first + slot - 1));
    }
}

void restore()
{
    memory = snapshot;
}

int steps_of_a_boot()
{
    const std::uint64_t before = chip.steps;
    boot(-1, Cut::Untouched);
    return static_cast<int>(chip.steps - before);
}

// After a cut in any step, and another in any step of the next boot, the counts go on above `last`.
void cut_everywhere(std::uint32_t last)
{
    snapshot = memory;
    const int steps = steps_of_a_boot();
    for (int first = 0; first < steps; first++)
    {
        for (Cut first_cut : Cuts)
        {
            for (int second = 0; second <= steps; second++)
            {
                restore();
                std::uint32_t got = boot(first, first_cut);
                got = got != 0 ? got : boot(second, Cuts[static_cast<std::size_t>(first + second) % 6]);
                const std::uint32_t after = boot(-1, Cut::Untouched);
                if (after <= last || after <= got || boot(-1, Cut::Untouched) != after + 1)
                {
                    fail("count after two cuts", after, got > last ? got : last);
                }
            }
        }
    }

    restore();
}

void start_everywhere()
{
    const unsigned a = CounterSectors[0];
    const unsigned b = CounterSectors[1];
    make_new(&memory);
    cut_everywhere(0); // a chip from the maker

    std::memset(memory.flash + sector_offset(a), 0x5A, sector_bytes(a));
    cut_everywhere(0); // with something in it

    make_new(&memory);
    fill(a, 1, SlotCount - 4);
    cut_everywhere(3); // in use

    fill(a, 1, 0);
    cut_everywhere(SlotCount - 1); // the first log is full, the other one was never used

    fill(b, SlotCount, 0);
    cut_everywhere(2 * (SlotCount - 1)); // both are full: the older one is renewed

    fill(a, 2 * SlotCount, 0);
    cut_everywhere(3 * SlotCount - 2); // and the other way round

    fill(a, 5, 0);
    fill(b, 1, SlotCount - 1);
    cut_everywhere(SlotCount + 3); // renewed and not used yet

    fill(a, 100, 0);
    put(a, 0, 0x49414331, 0);
    blank(b);
    cut_everywhere(SlotCount + 98); // the marker of the only log is worn: its counts still hold
}

// Writes what boots would have, so that the logs change places often.
void skip_ahead(std::uint32_t last)
{
    for (unsigned sector : CounterSectors)
    {
        std::uint32_t slot = SlotCount;
        while (slot > 1 && std::memcmp(memory.flash + sector_offset(sector) + (slot - 1) * SlotBytes, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", SlotBytes) == 0)
        {
            slot--;
        }

        std::uint32_t first = 0;
        std::memcpy(&first, memory.flash + sector_offset(sector) + (slot - 1) * SlotBytes, sizeof first);
        const auto left = static_cast<std::uint32_t>(1 + chip.dice() % 6);
        if (first == last && slot > 1 && slot < SlotCount - left)
        {
            // The last slot that is filled keeps the count, as the numbers in between do not matter.
            for (; slot < SlotCount - left; slot++)
            {
                put(sector, slot, last, ~last);
            }
        }
    }
}

void long_run(std::uint64_t wanted)
{
    make_new(&memory);
    std::uint32_t last = 0;
    for (std::uint64_t i = 0; i < wanted; i++)
    {
        const bool is_cut = chip.dice() % 4 == 0;
        const std::uint32_t count = boot(is_cut ? static_cast<int>(chip.dice() % 8) : -1, Cuts[chip.dice() % 6]);
        if (count != 0 && count <= last)
        {
            fail("count", count, last);
        }

        last = count != 0 ? count : last;
        if (count != 0 && chip.dice() % 8 == 0)
        {
            skip_ahead(last);
        }
    }
}

// At the end there is no count any more, and none from the start.
void end_of_counts()
{
    make_new(&memory);
    fill(CounterSectors[0], 0xFFFFFFFD, SlotCount - 2);
    const std::uint32_t last = boot(-1, Cut::Untouched);
    std::uint32_t count = 0;
    chip.power_on();
    if (last != 0xFFFFFFFE || next_boot_count(&count))
    {
        fail("count behind the last one", count, last);
    }
}

// The counter is refused, and nothing is written, when the chip is not as the map assumes.
void refusals()
{
    std::uint32_t count = 0;
    make_new(&memory);
    chip.power_on();
    chip.options &= ~(1U << 29);
    const bool is_counted_in_two_banks = !has_expected_banks(chip.options) && next_boot_count(&count);
    chip.power_on();
    std::uint32_t& protection = write_protection_register(CounterSectors[0]) == FlashOptions ? chip.options : chip.options1;
    protection &= ~write_protection_bit(CounterSectors[0]) & ~write_protection_bit(CounterSectors[1]);
    const bool is_counted_protected = next_boot_count(&count);
    chip.power_on();
    chip.is_stuck = true;
    const bool is_counted_stuck = next_boot_count(&count);
    chip.is_stuck = false;
    if (is_counted_in_two_banks || is_counted_protected || is_counted_stuck || boot(-1, Cut::Untouched) != 1)
    {
        fail("a count from a chip that is not set up", count, 0);
    }
}
}
}

int main(int count, char** arguments)
{
    using namespace iotattest::stm32::fake;
    chip.memory = &memory;
    chip.power_off = power_off;
    start_everywhere();
    end_of_counts();
    refusals();
    chip.has_cache = true;
    long_run(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1000);
    std::printf("ok: %llu boots, %llu cuts, %llu erases\n", static_cast<unsigned long long>(boots), static_cast<unsigned long long>(cuts),
        static_cast<unsigned long long>(chip.erases));
    return 0;
}
