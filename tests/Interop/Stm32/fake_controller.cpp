#include "fake_controller.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace iotattest::stm32::fake
{
namespace
{
constexpr std::uint32_t WriteProtected = 1U << 4;
constexpr std::uint32_t Sequence = 1U << 7;
constexpr int BusyLooks = 3;

// Whether power fails in this step.
bool is_cut()
{
    chip.steps++;
    return chip.steps_to_cut >= 0 && chip.steps_to_cut-- == 0;
}

bool is_protected(unsigned sector)
{
    const std::uint32_t options = write_protection_register(sector) == FlashOptions ? chip.options : chip.options1;
    return (options & write_protection_bit(sector)) == 0;
}
}

void refuse(const char* what)
{
    std::fprintf(stderr, "fake chip: %s\n", what);
    std::abort();
}

void program(std::uint32_t address, std::uint32_t value)
{
    if ((chip.control & ControlLock) != 0 || (chip.control & ControlProgram) == 0 || chip.busy > 0)
    {
        chip.status |= Sequence;
        return;
    }

    if ((chip.control & 3U << 8) != ControlWord || address % sizeof value != 0)
    {
        refuse("programmed in another width than it was set up for");
    }

    if (is_protected(sector_at(address - FlashBase)))
    {
        chip.status |= WriteProtected;
        return;
    }

    std::uint32_t word = 0;
    std::uint8_t* const cell = chip.memory->flash + (address - FlashBase);
    std::memcpy(&word, cell, sizeof word);
    if (word != 0xFFFFFFFF && value != 0)
    {
        refuse("programmed a word that is not blank");
    }

    if (chip.memory->is_half_erased[sector_at(address - FlashBase)] != 0 && value != 0)
    {
        refuse("programmed a sector whose erase was cut short");
    }

    const bool is_last = is_cut();
    const auto keep = static_cast<std::uint32_t>(!is_last || chip.cut == Cut::Done ? 0 : chip.cut == Cut::Some ? chip.dice() : 0xFFFFFFFF);
    word &= value | keep;
    std::memcpy(cell, &word, sizeof word);
    chip.busy = BusyLooks;
    if (is_last)
    {
        chip.power_off();
    }
}

namespace
{
void cut_erase(unsigned sector)
{
    std::uint8_t* const bytes = chip.memory->flash + sector_offset(sector);
    const std::uint32_t count = sector_bytes(sector);
    chip.memory->is_half_erased[sector] |= chip.cut == Cut::Untouched || chip.cut == Cut::Done ? 0 : 1;
    for (std::uint32_t i = chip.cut == Cut::First ? 8 : 0; i < count; i++)
    {
        const auto dice = static_cast<std::uint8_t>(chip.dice());
        bytes[i] = chip.cut == Cut::Untouched ? bytes[i]
            : chip.cut == Cut::Some           ? static_cast<std::uint8_t>(bytes[i] | dice)
            : chip.cut == Cut::Zeroed         ? static_cast<std::uint8_t>(bytes[i] & dice)
                                              : std::uint8_t{0xFF};
    }
}

void erase()
{
    unsigned sector = 0;
    while (sector < SectorCount && sector_code(sector) != (chip.control >> ControlSector & 0x1F))
    {
        sector++;
    }

    if (sector == SectorCount || is_protected(sector))
    {
        chip.status |= WriteProtected;
        return;
    }

    if (is_cut())
    {
        cut_erase(sector);
        chip.power_off();
    }

    std::memset(chip.memory->flash + sector_offset(sector), 0xFF, sector_bytes(sector));
    chip.memory->is_half_erased[sector] = 0;
    chip.erases++;
    chip.busy = BusyLooks;
}
}

void write_control(std::uint32_t value)
{
    if ((chip.control & ControlLock) != 0)
    {
        if (value != ControlLock)
        {
            refuse("control register written while it is locked");
        }

        return;
    }

    chip.control = value & ~ControlStart;
    if ((value & ControlStart) != 0 && (value & ControlErase) != 0)
    {
        erase();
    }
}

// Keys in the wrong order, or while it is open, close it until a reset.
void write_key(std::uint32_t value, std::uint32_t first, std::uint32_t second, std::uint32_t* locked, std::uint32_t lock)
{
    if ((*locked & lock) == 0 || (value != first && (value != second || chip.last_key != first)))
    {
        refuse("wrong key");
    }

    *locked = value == second ? *locked & ~lock : *locked;
    chip.last_key = value;
}

namespace
{
unsigned level_of(std::uint32_t options)
{
    const std::uint32_t level = options >> OptionProtection & 0xFF;
    return level == 0xAA ? 0 : level == 0xCC ? 2 : 1;
}
}

void write_options(std::uint32_t value)
{
    if ((chip.options & OptionLock) != 0)
    {
        refuse("option register written while it is locked");
    }

    chip.options = value & ~OptionStart;
    if ((value & OptionStart) == 0)
    {
        return;
    }

    if (level_of(chip.memory->options) == 2 || level_of(value) < level_of(chip.memory->options))
    {
        refuse("read protection lowered, or option bytes changed at level 2");
    }

    const bool is_last = is_cut();
    if (!is_last || chip.cut != Cut::Untouched)
    {
        chip.memory->options = (chip.options | OptionLock) & ~OptionStart;
        chip.memory->options1 = chip.options1;
    }

    chip.busy = BusyLooks;
    if (is_last)
    {
        chip.power_off();
    }
}
}
