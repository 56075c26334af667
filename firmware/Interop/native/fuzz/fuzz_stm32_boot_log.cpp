// The boot counter of STM32 over sectors with any content, and with power cuts: it reads and writes its own sectors only, and every count
// is above all counts in the log and above every count that it gave out before.
#include <algorithm>

#include "boot_counter.h"
#include "bus.h"
#include "stm32/state_sectors.h"

namespace
{
using namespace iotattest::fuzz;
using namespace iotattest::stm32;

constexpr std::uint32_t SlotBytes = 8;
constexpr std::uint32_t SlotCount = sector_bytes(CounterSectors[0]) / SlotBytes;
constexpr std::size_t MostSlots = 64;
constexpr std::size_t MostBoots = 3;

std::uint32_t slot_address(std::uint8_t sector, std::uint32_t slot)
{
    return FlashBase + sector_offset(CounterSectors[sector % 2]) + slot % SlotCount * SlotBytes;
}

void fill_slots(Input* input)
{
    const std::size_t slots = input->byte() % MostSlots;
    for (std::size_t i = 0; i < slots; i++)
    {
        const std::uint8_t kind = input->byte();
        const auto slot = static_cast<std::uint32_t>(input->byte()) << 8 | input->byte();
        const auto number = static_cast<std::uint32_t>(input->number());
        const std::uint32_t address = slot_address(kind, slot);
        put_word(address, number);
        put_word(address + sizeof number, kind % 4 < 2 ? ~number : static_cast<std::uint32_t>(input->number()));
    }
}

// The highest count in both logs; slot 0 holds the marker.
std::uint32_t highest()
{
    std::uint32_t most = 0;
    for (std::uint8_t sector = 0; sector < 2; sector++)
    {
        for (std::uint32_t slot = 1; slot < SlotCount; slot++)
        {
            const std::uint32_t number = bus_load(slot_address(sector, slot));
            const bool is_whole = bus_load(slot_address(sector, slot) + sizeof number) == ~number;
            most = is_whole ? std::max(most, number) : most;
        }
    }

    return most;
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    Input input(data, count);
    renew_flash();
    fill_slots(&input);
    std::uint32_t given = highest();
    for (std::size_t boot = 0; boot < MostBoots; boot++)
    {
        const std::uint8_t cut = input.byte();
        if (cut % 4 == 1)
        {
            cut_power_after(cut / 4 % 8, static_cast<std::uint32_t>(input.number()));
        }

        std::uint32_t next = 0;
        if (next_boot_count(&next))
        {
            require(next > given, "a count is never given out twice and never falls");
            given = next;
        }

        restore_power();
    }

    return 0;
}
