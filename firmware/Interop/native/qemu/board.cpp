#include "board.h"

#include <cstring>

#include "assembly_walk.h"
#include "boot_counter.h"
#include "clock.h"
#include "hmac_sha256.h"
#include "identity_sector.h"
#include "linker_symbols.h"
#include "semihosting.h"

namespace iotattest::qemu
{
namespace
{
struct Range
{
    Name name;
    const std::uint8_t* start;
    const std::uint8_t* end;
};

// Whole regions of link.ld, erased ends included.
constexpr Range Ranges[] = {
    {Name::Bootloader, bootloader_start, bootloader_end},
    {Name::Clr, clr_start, clr_end},
    {Name::Deployment, deployment_start, deployment_end},
};

Sha256& hash_of(void* context)
{
    return static_cast<Board*>(context)->hash;
}

std::size_t region_count(void*)
{
    return sizeof Ranges / sizeof *Ranges;
}

bool region(void* context, std::size_t index, Region* out)
{
    if (index >= region_count(context))
    {
        return false;
    }

    const Range& range = Ranges[index];
    *out = {range.name, false, static_cast<std::uint32_t>(range.end - range.start), reinterpret_cast<std::uintptr_t>(range.start)};
    return true;
}

bool read(void* context, std::size_t index, View, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    Region whole;
    if (!region(context, index, &whole) || offset > whole.length || count > whole.length - offset)
    {
        return false;
    }

    std::memcpy(bytes, Ranges[index].start + offset, count);
    return true;
}

// The emulated flash is read-only and has no controller: nothing can write to it.
std::uint32_t region_writes(void*)
{
    return 0;
}

bool loaded_assembly(void*, std::size_t index, Assembly* assembly, bool* has)
{
    assembly_at(index, assembly, has);
    return true;
}

bool hash_begin(void* context)
{
    hash_of(context).begin();
    return true;
}

bool hash_update(void* context, const std::uint8_t* bytes, std::size_t count)
{
    hash_of(context).update(bytes, count);
    return true;
}

bool hash_finish(void* context, std::uint8_t digest[DigestBytes])
{
    hash_of(context).finish(digest);
    return true;
}

bool authenticate(void*, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    if (algorithm != Algorithm::Hmac256)
    {
        return false;
    }

    HmacSha256 mac(hmac_key(), HmacKeyBytes);
    mac.update(structure, count);
    mac.finish(tag);
    return true;
}

bool identity(void*, Identity* out)
{
    return read_identity(out);
}

// The emulator has no option bytes: read protection is neither on nor off.
bool boot_facts(void*, BootFacts* facts)
{
    *facts = {Unknown, Unknown};
    return true;
}

// The emulated chip has no noise source, so the PC's is read.
bool random_bytes(void*, std::uint8_t* bytes, std::size_t count)
{
    return read_file("/dev/urandom", bytes, count);
}

bool next_boot(void*, std::uint64_t* count)
{
    return count_boot(count);
}

bool uptime(void*, std::uint64_t* seconds)
{
    *seconds = uptime_seconds();
    return true;
}
}

Ops ops_of(Board* board)
{
    return {board, region_count, region, read, region_writes, loaded_assembly, hash_begin, hash_update, hash_finish,
            authenticate, identity, boot_facts, random_bytes, next_boot, uptime};
}
}
