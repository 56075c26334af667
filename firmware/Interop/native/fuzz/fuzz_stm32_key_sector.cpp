// The key sector of STM32 with any content: a record is read whole and intact, or not at all.
#include <cstring>

#include "bus.h"
#include "digest.h"
#include "key_sector.h"
#include "stm32/state_sectors.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;
using namespace iotattest::stm32;

constexpr std::uint32_t KeyAddress = FlashBase + sector_offset(KeySector);
constexpr std::size_t RecordCheckAt = 152;

void put_bytes(const Bytes& content)
{
    for (std::size_t at = 0; at + sizeof(std::uint32_t) <= content.size(); at += sizeof(std::uint32_t))
    {
        std::uint32_t word = 0;
        std::memcpy(&word, content.data() + at, sizeof word); // little endian, as the chip
        put_word(KeyAddress + static_cast<std::uint32_t>(at), word);
    }
}

// Makes the checks fit that the bits of `which` name, so that what lies behind them is reached.
void set_checks(Bytes* content, std::uint8_t which)
{
    const RecordHash hash;
    std::uint8_t digest[DigestBytes];
    if ((which & 1) != 0)
    {
        require(digest_of(hash.ops(), content->data(), RecordCheckAt, digest), "SHA-256 works");
        std::memcpy(content->data() + RecordCheckAt, digest, IdentityRecordBytes - RecordCheckAt);
    }

    if ((which & 2) != 0)
    {
        require(digest_of(hash.ops(), content->data(), KeyCheckAt, content->data() + KeyCheckAt), "SHA-256 works");
    }

    if ((which & 4) != 0)
    {
        const std::uint32_t marker[] = {KeyMarker, ~KeyMarker};
        std::memcpy(content->data() + KeyMarkerAt, marker, sizeof marker);
    }
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    Input input(data, count);
    const std::uint8_t checks = input.byte();
    Bytes content(KeyMarkerAt + 2 * sizeof(std::uint32_t));
    input.fill(content.data(), content.size());
    set_checks(&content, checks);
    renew_flash();
    put_bytes(content);

    KeyRecord record;
    const bool has_record = read_key_record(&record);
    const KeyRecord nothing = {};
    require(std::memcmp(&record, has_record ? content.data() : reinterpret_cast<const std::uint8_t*>(&nothing), sizeof record) == 0,
        "a record is what lies there, or all zero");
    require(has_record || (checks & 6) != 6, "an intact record is read");

    StoredIdentity identity = {};
    require(!read_identity(&identity) || (has_record && identity.ueid[0] == 0x01), "an identity belongs to an intact record");
    return 0;
}
