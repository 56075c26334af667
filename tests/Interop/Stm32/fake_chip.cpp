#include "fake_chip.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bus.h"
#include "platform.h"
#include "port.h"

namespace iotattest::stm32
{
namespace fake
{
Chip chip;

namespace
{
constexpr std::uint32_t WriteProtected = 1U << 4;
constexpr std::uint32_t Sequence = 1U << 7;
constexpr std::uint32_t NewOptions = HasDataCache ? 0xFFFFAAED : 0x0FFFAAED;
constexpr std::uint32_t FlashAccess = 0x40023C00;
constexpr int BusyLooks = 3;

// A driver that does this is wrong, whatever the result.
[[noreturn]] void refuse(const char* what)
{
    std::fprintf(stderr, "fake chip: %s\n", what);
    std::abort();
}

bool is_flash(std::uint32_t address)
{
    return address >= FlashBase && address - FlashBase < FlashBytes;
}

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

unsigned level_of(std::uint32_t options)
{
    const std::uint32_t level = options >> OptionProtection & 0xFF;
    return level == 0xAA ? 0 : level == 0xCC ? 2 : 1;
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

// The cache of the flash interface, which F4 has in place of one in the core: it can be emptied while it is off.
void write_access(std::uint32_t value)
{
    const bool is_off = (value & 1U << 10) == 0;
    if ((value & 1U << 12) != 0)
    {
        if (!is_off)
        {
            refuse("cache emptied while it is on");
        }

        std::memset(chip.is_cached, 0, sizeof chip.is_cached);
    }

    chip.access = value & ~(1U << 12);
}

std::uint32_t read_status()
{
    const bool is_busy = chip.is_stuck || chip.busy > 0;
    chip.busy -= chip.busy > 0 ? 1 : 0;
    return chip.status | (is_busy ? StatusBusy : 0);
}

std::uint32_t read_random()
{
    if ((chip.random_control & RandomEnable) == 0)
    {
        refuse("the generator is off");
    }

    return chip.random_repeats ? 0x12345678 : static_cast<std::uint32_t>(std::random_device{}());
}

// The line that holds an address.
const std::uint8_t* line_of(std::uint32_t address)
{
    const std::uint32_t offset = address - FlashBase;
    const std::uint32_t start = offset - offset % DataLineBytes;
    if (!chip.has_cache)
    {
        return chip.memory->flash + start;
    }

    bool& is_cached = chip.is_cached[start / DataLineBytes];
    if (!is_cached)
    {
        std::memcpy(chip.cache + start, chip.memory->flash + start, DataLineBytes);
        is_cached = true;
    }

    return chip.cache + start;
}
}

void Chip::power_on()
{
    access = 1U << 10;
    control = ControlLock;
    status = 0;
    options = memory->options;
    options1 = memory->options1;
    last_key = 0;
    random_control = 0;
    busy = 0;
    critical = 0;
    steps_to_cut = -1;
    std::memset(is_cached, 0, sizeof is_cached);
}

void make_new(Memory* memory)
{
    std::memset(memory->flash, 0xFF, sizeof memory->flash);
    std::memset(memory->is_half_erased, 0, sizeof memory->is_half_erased);
    memory->options = NewOptions;
    memory->options1 = 0x0FFF0000;
}
}

using namespace fake;

std::uint32_t bus_load(std::uint32_t address)
{
    if (is_flash(address))
    {
        std::uint32_t word = 0;
        std::memcpy(&word, line_of(address) + address % DataLineBytes, sizeof word);
        return word;
    }

    switch (address)
    {
        case FlashAccess: return chip.access;
        case FlashStatus: return read_status();
        case FlashControl: return chip.control;
        case FlashOptions: return chip.options;
        case FlashOptions1: return chip.options1;
        case RandomControl: return chip.random_control;
        case RandomStatus: return chip.random_status;
        case RandomData: return read_random();
        default: refuse("read of an unknown register");
    }
}

void bus_store(std::uint32_t address, std::uint32_t value)
{
    if (is_flash(address))
    {
        program(address, value);
        return;
    }

    switch (address)
    {
        case FlashAccess: write_access(value); return;
        case FlashKey: write_key(value, Key1, Key2, &chip.control, ControlLock); return;
        case FlashOptionKey: write_key(value, OptionKey1, OptionKey2, &chip.options, OptionLock); return;
        case FlashStatus: chip.status &= ~value; return;
        case FlashControl: write_control(value); return;
        case FlashOptions: write_options(value); return;
        case RandomControl: chip.random_control = value; return;
        case RandomStatus: chip.random_status &= ~RandomFaults | value; return;
        case DropDataLine: chip.is_cached[(value - FlashBase) / DataLineBytes] = false; return;
        default: refuse("write to an unknown register");
    }
}

void bus_copy(std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    while (count > 0)
    {
        const std::uint32_t at = address % DataLineBytes;
        const std::size_t part = std::min<std::size_t>(count, DataLineBytes - at);
        std::memcpy(bytes, line_of(address) + at, part);
        address += static_cast<std::uint32_t>(part);
        bytes += part;
        count -= part;
    }
}

void bus_barrier() {}

void start_random()
{
    chip.random_control |= RandomEnable;
}

void enter_critical()
{
    if (++chip.critical != 1)
    {
        refuse("critical sections do not nest");
    }
}

void leave_critical()
{
    chip.critical--;
}
}
