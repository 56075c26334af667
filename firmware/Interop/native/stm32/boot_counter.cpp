// A sector is a log of slots of two words: a number and its complement. Interrupted programming leaves bits at 1 that should be 0: some bit is
// then 1 in both words, so that no torn slot passes for a whole one. An erase that only turns bits to 1 cannot make one either; should the
// chip first program all cells to 0, a cut could make one in 2^32 slots look whole, which skips counts and repeats none.
//
// The first slot says that the sector was erased to the end. It is made invalid before an erase and written after it: a sector whose
// erase was cut short is erased again, even when it looks blank. One sector is erased only while the other, full, holds the highest count.
#include "boot_counter.h"

#include "bus.h"
#include "state_flash.h"

namespace iotattest::stm32
{
namespace
{
constexpr std::uint32_t SlotBytes = 8;
constexpr std::uint32_t SlotCount = sector_bytes(CounterSectors[0]) / SlotBytes;
constexpr std::uint32_t Marker = 0x49414331; // "IAC1"
constexpr std::uint32_t LastCount = 0xFFFFFFFF;

// A cell that does not take a bit costs a slot, not the board.
constexpr int Attempts = 4;

struct Log
{
    unsigned sector;
    bool is_open;        // erased to the end
    std::uint32_t last;  // highest count, 0 when there is none
    std::uint32_t free;  // first slot behind everything that is not blank; SlotCount when there is none
};

std::uint32_t address_of(unsigned sector, std::uint32_t slot)
{
    return FlashBase + sector_offset(sector) + slot * SlotBytes;
}

// The number in a slot; false for a blank or torn one.
bool read_slot(std::uint32_t address, std::uint32_t* number, bool* is_blank)
{
    const std::uint32_t first = bus_load(address);
    const std::uint32_t second = bus_load(address + sizeof first);
    *number = first;
    *is_blank = first == BlankWord && second == BlankWord;
    return second == ~first;
}

bool write_slot(std::uint32_t address, std::uint32_t number)
{
    return program_word(address, number) && program_word(address + sizeof number, ~number);
}

Log read_log(unsigned sector)
{
    Log log = {sector, false, 0, 1};
    bool is_blank = false;
    std::uint32_t number = 0;
    log.is_open = read_slot(address_of(sector, 0), &number, &is_blank) && number == Marker;
    for (std::uint32_t slot = 1; slot < SlotCount; slot++)
    {
        const bool is_whole = read_slot(address_of(sector, slot), &number, &is_blank);
        log.free = is_blank ? log.free : slot + 1;
        log.last = is_whole && number > log.last ? number : log.last;
    }

    return log;
}

// Only for the log without the highest count.
bool renew(Log* log)
{
    const std::uint32_t marker = address_of(log->sector, 0);
    if (!program_word(marker, 0) || !program_word(marker + sizeof(std::uint32_t), 0) || !erase_sector(log->sector) || !write_slot(marker, Marker))
    {
        return false;
    }

    *log = {log->sector, true, 0, 1};
    return true;
}

bool append(const Log& log, std::uint32_t count)
{
    for (int i = 0; i < Attempts && log.free + static_cast<std::uint32_t>(i) < SlotCount; i++)
    {
        if (write_slot(address_of(log.sector, log.free + static_cast<std::uint32_t>(i)), count))
        {
            return true;
        }
    }

    return false;
}

bool has_room(const Log& log)
{
    return log.is_open && log.free < SlotCount;
}
}

bool next_boot_count(std::uint32_t* count)
{
    Log current = read_log(CounterSectors[0]);
    Log other = read_log(CounterSectors[1]);

    // A torn log keeps its counts until the other one holds a higher one.
    if (other.last > current.last)
    {
        const Log kept = other;
        other = current;
        current = kept;
    }

    if (current.last >= LastCount - 1)
    {
        return false;
    }

    const std::uint32_t next = current.last + 1;
    if (!has_room(current) || !append(current, next))
    {
        // A log that was renewed before power was lost has no count yet.
        const bool is_fresh = has_room(other) && other.last == 0;
        if ((!is_fresh && !renew(&other)) || !append(other, next))
        {
            return false;
        }
    }

    *count = next;
    return true;
}
}
