#include "key_sector.h"

#include <cstring>

#include "bus.h"
#include "digest.h"
#include "state_flash.h"
#include "wipe.h"

namespace iotattest::stm32
{
namespace
{
constexpr std::uint32_t KeyAddress = FlashBase + sector_offset(KeySector);

mbedtls::ShaStream& stream_of(void* context)
{
    return *static_cast<mbedtls::ShaStream*>(context);
}

bool has_marker()
{
    const std::uint32_t at = KeyAddress + static_cast<std::uint32_t>(KeyMarkerAt);
    return bus_load(at) == KeyMarker && bus_load(at + sizeof KeyMarker) == ~KeyMarker;
}

bool is_intact(const KeyRecord& record)
{
    std::uint8_t expected[DigestBytes];
    std::uint8_t digest[DigestBytes];
    read_flash(KeyAddress + static_cast<std::uint32_t>(KeyCheckAt), expected, sizeof expected);
    const RecordHash hash;
    return digest_of(hash.ops(), reinterpret_cast<const std::uint8_t*>(&record), sizeof record, digest) && std::memcmp(digest, expected, sizeof digest) == 0;
}
}

RecordHash::RecordHash()
{
    ops_.context = &stream_;
    ops_.hash_begin = [](void* context) { return stream_of(context).begin(); };
    ops_.hash_update = [](void* context, const std::uint8_t* bytes, std::size_t count) { return stream_of(context).update(bytes, count); };
    ops_.hash_finish = [](void* context, std::uint8_t* digest) { return stream_of(context).finish(digest); };
}

bool read_key_record(KeyRecord* record)
{
    read_flash(KeyAddress, reinterpret_cast<std::uint8_t*>(record), sizeof *record);
    if (has_marker() && is_intact(*record))
    {
        return true;
    }

    wipe(record, sizeof *record);
    return false;
}

bool read_identity(StoredIdentity* identity)
{
    KeyRecord record;
    WipeAtEnd wiped(&record, sizeof record);
    const RecordHash hash;
    return read_key_record(&record) && decode_identity(hash.ops(), record.identity, sizeof record.identity, identity);
}
}
