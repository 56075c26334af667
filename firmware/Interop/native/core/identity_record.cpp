#include "identity_record.h"

#include <cstring>

#include "digest.h"

namespace iotattest
{
namespace
{
constexpr std::uint8_t Magic[] = {'I', 'A', 'I', '1'};

// Where each field starts; see identity_record.h.
constexpr std::size_t AlgorithmAt = 4;
constexpr std::size_t FormAt = 5;
constexpr std::size_t ReservedAt = 6;
constexpr std::size_t NamesAt = 8;
constexpr std::size_t KeyIdAt = NamesAt + IdentityNamesBytes;
constexpr std::size_t VersionAt = KeyIdAt + KeyIdBytes;
constexpr std::size_t PaddingAt = VersionAt + MaxTextBytes;
constexpr std::size_t CheckAt = 152;
constexpr std::size_t CheckBytes = IdentityRecordBytes - CheckAt;

static_assert(PaddingAt == 129, "the layout of identity_record.h");

constexpr std::size_t NumberBytes = 4;

bool is_zero(const std::uint8_t* bytes, std::size_t count)
{
    std::uint8_t any = 0;
    for (std::size_t i = 0; i < count; i++)
    {
        any = static_cast<std::uint8_t>(any | bytes[i]);
    }

    return any == 0;
}

bool decode_algorithm(std::uint8_t code, Algorithm* algorithm)
{
    *algorithm = code == HmacCode ? Algorithm::Hmac256 : Algorithm::Es256;
    return code == HmacCode || code == Es256Code;
}

bool decode_oem_id(std::uint8_t form, const std::uint8_t* bytes, StoredIdentity* identity)
{
    identity->has_oem_id_bytes = form == RandomOemId;
    if (identity->has_oem_id_bytes)
    {
        std::memcpy(identity->oem_id_bytes, bytes, OemIdBytes);
        return true;
    }

    for (std::size_t i = 0; i < NumberBytes; i++)
    {
        identity->oem_id = identity->oem_id << 8 | bytes[i];
    }

    return form == NumberOemId && is_zero(bytes + NumberBytes, OemIdBytes - NumberBytes);
}

// Printable ASCII, then zeros to the end.
bool decode_version(const std::uint8_t* bytes, char* text)
{
    std::size_t count = 0;
    while (count < MaxTextBytes && bytes[count] >= ' ' && bytes[count] <= '~')
    {
        text[count] = static_cast<char>(bytes[count]);
        count++;
    }

    return is_zero(bytes + count, MaxTextBytes - count);
}

// Counterpart of decode_version; false for what that would not give.
bool encode_version(const char* text, std::uint8_t* bytes)
{
    for (std::size_t i = 0; i <= MaxTextBytes; i++)
    {
        if (text[i] == 0)
        {
            return true;
        }

        if (i == MaxTextBytes || text[i] < ' ' || text[i] > '~')
        {
            return false;
        }

        bytes[i] = static_cast<std::uint8_t>(text[i]);
    }

    return false;
}

void encode_oem_id(const StoredIdentity& identity, std::uint8_t* bytes)
{
    if (identity.has_oem_id_bytes)
    {
        std::memcpy(bytes, identity.oem_id_bytes, OemIdBytes);
        return;
    }

    for (std::size_t i = 0; i < NumberBytes; i++)
    {
        bytes[i] = static_cast<std::uint8_t>(identity.oem_id >> (24 - 8 * i));
    }
}
}

bool decode_identity_fields(std::uint8_t algorithm, std::uint8_t form, const std::uint8_t* names, const std::uint8_t* version, StoredIdentity* identity)
{
    *identity = {};
    std::memcpy(identity->ueid, names, UeidBytes);
    std::memcpy(identity->hardware_model, names + UeidBytes, HardwareModelBytes);
    return identity->ueid[0] == 0x01 && decode_algorithm(algorithm, &identity->algorithm)
        && decode_oem_id(form, names + UeidBytes + HardwareModelBytes, identity) && decode_version(version, identity->hardware_version);
}

bool encode_identity_fields(const StoredIdentity& identity, std::uint8_t* algorithm, std::uint8_t* form, std::uint8_t* names, std::uint8_t* version)
{
    *algorithm = identity.algorithm == Algorithm::Hmac256 ? HmacCode : Es256Code;
    *form = identity.has_oem_id_bytes ? RandomOemId : NumberOemId;
    std::memset(names, 0, IdentityNamesBytes);
    std::memset(version, 0, MaxTextBytes);
    std::memcpy(names, identity.ueid, UeidBytes);
    std::memcpy(names + UeidBytes, identity.hardware_model, HardwareModelBytes);
    encode_oem_id(identity, names + UeidBytes + HardwareModelBytes);
    const bool is_known = identity.algorithm == Algorithm::Hmac256 || identity.algorithm == Algorithm::Es256;
    return is_known && identity.ueid[0] == 0x01 && encode_version(identity.hardware_version, version);
}

bool encode_identity(const Ops& ops, const StoredIdentity& identity, std::uint8_t record[IdentityRecordBytes])
{
    std::memset(record, 0, IdentityRecordBytes);
    std::memcpy(record, Magic, sizeof Magic);
    if (!encode_identity_fields(identity, record + AlgorithmAt, record + FormAt, record + NamesAt, record + VersionAt))
    {
        return false;
    }

    std::memcpy(record + KeyIdAt, identity.key_id, KeyIdBytes);
    std::uint8_t digest[DigestBytes];
    if (!digest_of(ops, record, CheckAt, digest))
    {
        return false;
    }

    std::memcpy(record + CheckAt, digest, CheckBytes);
    return true;
}

bool decode_identity(const Ops& ops, const std::uint8_t* record, std::size_t count, StoredIdentity* identity)
{
    if (count != IdentityRecordBytes || std::memcmp(record, Magic, sizeof Magic) != 0 || !is_zero(record + ReservedAt, NamesAt - ReservedAt)
        || !is_zero(record + PaddingAt, CheckAt - PaddingAt))
    {
        return false;
    }

    StoredIdentity decoded;
    std::uint8_t digest[DigestBytes];
    if (!decode_identity_fields(record[AlgorithmAt], record[FormAt], record + NamesAt, record + VersionAt, &decoded)
        || !digest_of(ops, record, CheckAt, digest) || std::memcmp(digest, record + CheckAt, CheckBytes) != 0)
    {
        return false;
    }

    std::memcpy(decoded.key_id, record + KeyIdAt, KeyIdBytes);
    *identity = decoded;
    return true;
}

void describe(const StoredIdentity& stored, const char* software_name, const char* software_version, Identity* identity)
{
    *identity = {};
    std::memcpy(identity->ueid, stored.ueid, UeidBytes);
    std::memcpy(identity->hardware_model, stored.hardware_model, HardwareModelBytes);
    std::memcpy(identity->oem_id_bytes, stored.oem_id_bytes, OemIdBytes);
    std::memcpy(identity->key_id, stored.key_id, KeyIdBytes);
    identity->has_oem_id_bytes = stored.has_oem_id_bytes;
    identity->oem_id = stored.oem_id;
    identity->algorithm = stored.algorithm;
    identity->hardware_version = stored.hardware_version[0] == 0 ? nullptr : stored.hardware_version;
    identity->software_name = software_name;
    identity->software_version = software_version;
}
}
