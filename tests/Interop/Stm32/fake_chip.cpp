#include "fake_controller.h"

#include <algorithm>
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
constexpr std::uint32_t NewOptions = HasDataCache ? 0xFFFFAAED : 0x0FFFAAED;
constexpr std::uint32_t FlashAccess = 0x40023C00;

bool is_flash(std::uint32_t address)
{
    return address >= FlashBase && address - FlashBase < FlashBytes;
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
