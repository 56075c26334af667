#include "port.h"

#include "boot_counter.h"
#include "boot_facts.h"
#include "chip.h"
#include "device_key.h"
#include "entropy.h"
#include "flash_map.h"
#include "identity_record.h"
#include "pace.h"
#include "sha_stream.h"
#include "software.h"
#include "storage.h"

namespace iotattest::esp32
{
namespace
{
FlashMap flash_map;
Pace pace;
mbedtls::ShaStream hash;

// Hashing for the identity record alone: a measurement may be under way on the other stream.
mbedtls::ShaStream record_hash;
StoredIdentity stored_identity = {};
bool has_identity = false;

template <mbedtls::ShaStream& Stream>
bool hash_begin(void*)
{
    return Stream.begin();
}

template <mbedtls::ShaStream& Stream>
bool hash_update(void*, const std::uint8_t* bytes, std::size_t count)
{
    return Stream.update(bytes, count);
}

template <mbedtls::ShaStream& Stream>
bool hash_finish(void*, std::uint8_t digest[DigestBytes])
{
    return Stream.finish(digest);
}

bool load_identity()
{
    Ops hashing = {};
    hashing.hash_begin = hash_begin<record_hash>;
    hashing.hash_update = hash_update<record_hash>;
    hashing.hash_finish = hash_finish<record_hash>;
    std::uint8_t record[IdentityRecordBytes];
    Storage storage;
    return storage.open(NVS_READONLY) && storage.read(IdentityKey, record, sizeof record)
        && decode_identity(hashing, record, sizeof record, &stored_identity);
}

std::size_t region_count(void*)
{
    return flash_map.load() ? flash_map.count() : 0;
}

bool region(void*, std::size_t index, Region* region)
{
    return flash_map.region(index, region);
}

bool read(void*, std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    pace.spend(count);
    return flash_map.read(index, view, offset, bytes, count);
}

bool authenticate_with_key(void*, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    return authenticate(algorithm, structure, count, tag);
}

bool identity(void*, Identity* identity)
{
    has_identity = has_identity || load_identity();
    if (has_identity)
    {
        describe(stored_identity, SoftwareName, SoftwareVersion, identity);
    }

    return has_identity;
}

bool boot_facts(void*, BootFacts* facts)
{
    *facts = read_boot_facts();
    return true;
}

bool random_bytes(void*, std::uint8_t* bytes, std::size_t count)
{
    return entropy().fill(bytes, count);
}

bool count_boot(void*, std::uint64_t* count)
{
    return next_boot(count);
}

constexpr Ops PortOps = {nullptr, region_count, region, read, clr_region_writes, clr_loaded_assembly, hash_begin<hash>, hash_update<hash>,
                         hash_finish<hash>, authenticate_with_key, identity, boot_facts, random_bytes, count_boot, clr_uptime};
}
}

const iotattest::Ops& iotattest::iotattest_port_ops()
{
    return esp32::PortOps;
}

bool iotattest::iotattest_port_measures(std::uint32_t address, std::uint32_t count)
{
    return esp32::flash_map.measures(address, count);
}
