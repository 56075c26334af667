#include "identity_sector.h"

#include <cstring>

#include "linker_symbols.h"
#include "sha256.h"

namespace iotattest::qemu
{
namespace
{
constexpr std::uint8_t Start[] = {'I', 'A', 'I', '1', 1, 0, 0, 0}; // HMAC 256/256, private enterprise number
constexpr std::size_t UeidAt = 8;
constexpr std::size_t HardwareModelAt = 25;
constexpr std::size_t OemIdAt = 41;
constexpr std::size_t KeyIdAt = 57;
constexpr std::size_t CheckAt = 152;

bool is_intact(const std::uint8_t* record)
{
    std::uint8_t digest[DigestBytes];
    Sha256 hash;
    hash.update(record, CheckAt);
    hash.finish(digest);
    return std::memcmp(record, Start, sizeof Start) == 0 && std::memcmp(record + CheckAt, digest, IdentityRecordBytes - CheckAt) == 0;
}
}

bool read_identity(Identity* identity)
{
    const std::uint8_t* record = identity_start;
    if (!is_intact(record))
    {
        return false;
    }

    *identity = {};
    identity->algorithm = Algorithm::Hmac256;
    std::memcpy(identity->ueid, record + UeidAt, UeidBytes);
    std::memcpy(identity->hardware_model, record + HardwareModelAt, HardwareModelBytes);
    std::memcpy(identity->key_id, record + KeyIdAt, KeyIdBytes);
    for (std::size_t i = 0; i < sizeof identity->oem_id; i++)
    {
        identity->oem_id = (identity->oem_id << 8) | record[OemIdAt + i];
    }

    return true;
}

const std::uint8_t* hmac_key()
{
    return identity_start + IdentityRecordBytes;
}
}
