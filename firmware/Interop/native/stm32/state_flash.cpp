#include "state_flash.h"

#include "bus.h"
#include "platform.h"

namespace iotattest::stm32
{
namespace
{
// A look at the status takes about 20 cycles: some 100 ms and some 10 s at 216 MHz, several times the longest operation.
constexpr std::uint32_t ProgramPolls = 1000000;
constexpr std::uint32_t ErasePolls = 100000000;

constexpr std::uint32_t FlashAccess = 0x40023C00; // ACR
constexpr std::uint32_t AccessDataCache = 1U << 10;
constexpr std::uint32_t AccessResetDataCache = 1U << 12;

// One of the two drops is used, as the chip has it.
[[maybe_unused]] void drop_core_cache(std::uint32_t address, std::uint32_t count)
{
    for (std::uint32_t line = address - address % DataLineBytes; line < address + count; line += DataLineBytes)
    {
        bus_store(DropDataLine, line);
    }
}

// Reset only while it is off (RM0090, ACR).
[[maybe_unused]] void drop_interface_cache()
{
    const std::uint32_t access = bus_load(FlashAccess);
    bus_store(FlashAccess, access & ~AccessDataCache);
    bus_store(FlashAccess, (access & ~AccessDataCache) | AccessResetDataCache);
    bus_store(FlashAccess, access);
}

// Flash lines are never dirty, so that dropping one loses nothing.
void drop_cached(std::uint32_t address, std::uint32_t count)
{
    bus_barrier();
    if constexpr (HasDataCache)
    {
        drop_core_cache(address, count);
    }
    else
    {
        drop_interface_cache();
    }

    bus_barrier();
}

bool is_state_address(std::uint32_t address)
{
    return address >= FlashBase && address - FlashBase < FlashBytes && address % sizeof(std::uint32_t) == 0
        && is_state_sector(sector_at(address - FlashBase));
}

// A key written while it is open would lock the controller until the next reset.
bool open_controller()
{
    if (!has_expected_banks(bus_load(FlashOptions)))
    {
        return false;
    }

    bus_store(FlashStatus, StatusErrors | StatusEnd); // writing 1 clears
    if (!wait_for_flash(ErasePolls))
    {
        return false;
    }

    if ((bus_load(FlashControl) & ControlLock) != 0)
    {
        bus_store(FlashKey, Key1);
        bus_store(FlashKey, Key2);
    }

    return (bus_load(FlashControl) & ControlLock) == 0;
}

bool is_blank(unsigned sector)
{
    const std::uint32_t start = FlashBase + sector_offset(sector);
    for (std::uint32_t at = 0; at < sector_bytes(sector); at += sizeof(std::uint32_t))
    {
        if (bus_load(start + at) != BlankWord)
        {
            return false;
        }
    }

    return true;
}
}

bool wait_for_flash(std::uint32_t polls)
{
    bus_barrier();
    for (std::uint32_t i = 0; i < polls; i++)
    {
        const std::uint32_t status = bus_load(FlashStatus);
        if ((status & StatusBusy) == 0)
        {
            return (status & StatusErrors) == 0;
        }
    }

    return false;
}

bool program_word(std::uint32_t address, std::uint32_t word)
{
    if (!is_state_address(address))
    {
        return false;
    }

    bool is_done = false;
    {
        Critical critical;
        if (open_controller())
        {
            bus_store(FlashControl, ControlProgram | ControlWord);
            bus_store(address, word);
            is_done = wait_for_flash(ProgramPolls);
        }

        bus_store(FlashControl, ControlLock);
    }

    drop_cached(address, sizeof word);
    return is_done && bus_load(address) == word;
}

bool erase_sector(unsigned sector)
{
    if (!is_state_sector(sector))
    {
        return false;
    }

    bool is_done = false;
    {
        Critical critical;
        if (open_controller())
        {
            const std::uint32_t control = ControlErase | ControlWord | sector_code(sector) << ControlSector;
            bus_store(FlashControl, control);
            bus_store(FlashControl, control | ControlStart);
            is_done = wait_for_flash(ErasePolls);
        }

        bus_store(FlashControl, ControlLock);
    }

    drop_cached(FlashBase + sector_offset(sector), sector_bytes(sector));
    return is_done && is_blank(sector);
}

void read_flash(std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    drop_cached(address, static_cast<std::uint32_t>(count));
    bus_copy(address, bytes, count);
}
}
