// The ops of STM32, and what ../nanoclr asks of a port.
#include "port.h"

#include <new>

#include "authenticate.h"
#include "board_map.h"
#include "boot_counter.h"
#include "key_sector.h"
#include "protection.h"
#include "random.h"
#include "software.h"
#include "state_flash.h"
#include "wipe.h"

namespace iotattest::stm32
{
namespace
{
StoredIdentity stored; // what the texts of an Identity point into

// Never destroyed, as firmware has no end: a static object would want code at start-up that says when.
alignas(mbedtls::ShaStream) std::uint8_t hash_memory[sizeof(mbedtls::ShaStream)];
mbedtls::ShaStream* hash = nullptr;

std::size_t region_count(void*)
{
    return MeasuredCount;
}

bool region(void*, std::size_t index, Region* out)
{
    if (index >= MeasuredCount)
    {
        return false;
    }

    const MappedRegion& mapped = MeasuredRegions[index];
    *out = {mapped.name, false, mapped.length, FlashBase + mapped.offset};
    return true;
}

// Raw and plain are the same: there is no flash encryption.
bool read(void*, std::size_t index, View, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    if (index >= MeasuredCount || offset > MeasuredRegions[index].length || count > MeasuredRegions[index].length - offset)
    {
        return false;
    }

    read_flash(FlashBase + MeasuredRegions[index].offset + offset, bytes, count);
    return true;
}

bool hash_begin(void*)
{
    hash = hash == nullptr ? new (hash_memory) mbedtls::ShaStream() : hash;
    return hash->begin();
}

bool hash_update(void*, const std::uint8_t* bytes, std::size_t count)
{
    return hash != nullptr && hash->update(bytes, count);
}

bool hash_finish(void*, std::uint8_t digest[DigestBytes])
{
    return hash != nullptr && hash->finish(digest);
}

// A key that anyone with a debugger could have read proves nothing.
bool authenticate(void*, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    StoredIdentity owner;
    KeyRecord record;
    WipeAtEnd wiped(&record, sizeof record);
    return is_key_locked() && read_identity(&owner) && owner.algorithm == algorithm && read_key_record(&record)
        && mbedtls::authenticate(record.key, algorithm, structure, count, {nullptr, fill_random}, tag);
}

bool identity(void*, Identity* out)
{
    if (!is_key_locked() || !read_identity(&stored))
    {
        return false;
    }

    describe(stored, SoftwareName, SoftwareVersion, out);
    return true;
}

bool boot_facts_now(void*, BootFacts* facts)
{
    *facts = boot_facts();
    return true;
}

bool next_boot(void*, std::uint64_t* count)
{
    std::uint32_t next = 0;
    const bool is_counted = next_boot_count(&next);
    *count = next;
    return is_counted;
}

constexpr Ops PortOps = {nullptr, region_count, region, read, clr_region_writes, clr_loaded_assembly, hash_begin, hash_update, hash_finish,
    authenticate, identity, boot_facts_now, fill_random, next_boot, clr_uptime};

// Whether any of the bytes is in the window, and where in flash; the window may be written through as well as flash itself.
bool touches_window(std::uint32_t window, std::uint32_t address, std::uint64_t count)
{
    if (address >= window)
    {
        return address - window < FlashBytes && touches_measured(address - window, count);
    }

    return address + count > window && touches_measured(0, address + count - window);
}
}
}

namespace iotattest
{
const Ops& iotattest_port_ops()
{
    return stm32::PortOps;
}

bool iotattest_port_measures(std::uint32_t address, std::uint32_t count)
{
    return stm32::touches_window(stm32::FlashBase, address, count) || stm32::touches_window(stm32::FlashAlias, address, count);
}
}
