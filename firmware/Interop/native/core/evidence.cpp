#include "evidence.h"

#include <cstring>

#include "cbor_writer.h"
#include "wipe.h"

namespace iotattest
{
namespace
{
// OID 2.25.146294891808187310942556122965410066033, content bytes without a tag.
constexpr std::uint8_t Profile[] = {0x69, 0x81, 0xdc, 0x8f, 0xaf, 0xc3, 0x8f, 0xf0, 0xda, 0xa9,
                                    0xa7, 0x9d, 0x8e, 0x8e, 0xc9, 0xb1, 0xfb, 0xb0, 0xdc, 0x71};

// IANA CWT Claims registry (RFC 9711).
enum Claim : std::uint16_t
{
    Nonce = 10,
    Ueid = 256,
    OemId = 258,
    HardwareModel = 259,
    HardwareVersion = 260,
    Uptime = 261,
    OemBoot = 262,
    DebugStatus = 263,
    EatProfile = 265,
    BootCount = 267,
    BootSeed = 268,
    SoftwareName = 270,
    SoftwareVersion = 271,
    Measurements = 273,
};

// Before the payload stand at most: context (12), protected header (18), one byte, head of the payload (3).
constexpr std::size_t FrontBytes = 34;

// RFC 9052 sections 4.2 and 6.2.
constexpr std::uint32_t Mac0Tag = 17;
constexpr std::uint32_t Sign1Tag = 18;

const char* text_of(Name name)
{
    switch (name)
    {
        case Name::Bootloader: return "bootloader";
        case Name::Partitions: return "partitions";
        case Name::Clr: return "clr";
        case Name::Deployment: return "deployment";
        case Name::Config: return "config";
        case Name::Inventory: return "inventory";
    }

    return nullptr;
}

bool is_text(const char* text)
{
    if (text == nullptr)
    {
        return true;
    }

    std::size_t count = 0;
    while (count <= MaxTextBytes && text[count] != 0)
    {
        if (text[count] < ' ' || text[count] > '~')
        {
            return false;
        }

        count++;
    }

    return count >= 1 && count <= MaxTextBytes;
}

bool is_known(Algorithm algorithm)
{
    return algorithm == Algorithm::Hmac256 || algorithm == Algorithm::Es256 || algorithm == Algorithm::Esp256;
}

bool has_unique_names(const Claims& claims)
{
    unsigned seen = 0;
    for (std::size_t i = 0; i < claims.component_count; i++)
    {
        const unsigned bit = 1U << static_cast<unsigned>(claims.components[i].name);
        if (text_of(claims.components[i].name) == nullptr || (seen & bit) != 0)
        {
            return false;
        }

        seen |= bit;
    }

    return true;
}

bool is_in_profile(const Identity& identity, const Claims& claims)
{
    const bool ranges_hold = claims.boot_count <= INT64_MAX && claims.uptime_seconds <= INT64_MAX
        && claims.facts.oem_boot >= Unknown && claims.facts.oem_boot <= 1
        && claims.facts.debug_status >= Unknown && claims.facts.debug_status <= 4
        && claims.component_count >= 1 && claims.component_count <= MaxComponents;
    const bool texts_hold = is_text(identity.hardware_version) && is_text(identity.software_name) && is_text(identity.software_version)
        && (identity.software_version == nullptr || identity.software_name != nullptr);
    return ranges_hold && texts_hold && identity.ueid[0] == 0x01 && is_known(identity.algorithm) && has_unique_names(claims);
}

void write_text_array(CborWriter& writer, Claim claim, const char* text)
{
    writer.unsigned_integer(claim);
    writer.array_head(1);
    writer.text(text);
}

void write_identity(CborWriter& writer, const Identity& identity)
{
    writer.unsigned_integer(Ueid);
    writer.bytes(identity.ueid, UeidBytes);
    writer.unsigned_integer(OemId);
    if (identity.has_oem_id_bytes)
    {
        writer.bytes(identity.oem_id_bytes, OemIdBytes);
    }
    else
    {
        writer.unsigned_integer(identity.oem_id);
    }

    writer.unsigned_integer(HardwareModel);
    writer.bytes(identity.hardware_model, HardwareModelBytes);
    if (identity.hardware_version != nullptr)
    {
        write_text_array(writer, HardwareVersion, identity.hardware_version);
    }
}

void write_boot_facts(CborWriter& writer, const Claims& claims)
{
    writer.unsigned_integer(Uptime);
    writer.unsigned_integer(claims.uptime_seconds);
    if (claims.facts.oem_boot != Unknown)
    {
        writer.unsigned_integer(OemBoot);
        writer.boolean(claims.facts.oem_boot == 1);
    }

    if (claims.facts.debug_status != Unknown)
    {
        writer.unsigned_integer(DebugStatus);
        writer.integer(claims.facts.debug_status);
    }

    writer.unsigned_integer(EatProfile);
    writer.bytes(Profile, sizeof Profile);
    writer.unsigned_integer(BootCount);
    writer.unsigned_integer(claims.boot_count);
    writer.unsigned_integer(BootSeed);
    writer.bytes(claims.boot_seed, BootSeedBytes);
}

void write_software(CborWriter& writer, const Identity& identity)
{
    if (identity.software_name == nullptr)
    {
        return;
    }

    writer.unsigned_integer(SoftwareName);
    writer.text(identity.software_name);
    if (identity.software_version != nullptr)
    {
        write_text_array(writer, SoftwareVersion, identity.software_version);
    }
}

// Measured component (RFC 10013): content format 295 and {1: [name], 2: [1, SHA-256]} as a byte string.
void write_component(CborWriter& writer, const Component& component)
{
    const char* name = text_of(component.name);
    const std::size_t encoded_bytes = 9 + std::strlen(name) + DigestBytes;
    writer.array_head(2);
    writer.unsigned_integer(295);
    writer.bytes_head(encoded_bytes);
    writer.map_head(2);
    writer.unsigned_integer(1);
    writer.array_head(1);
    writer.text(name);
    writer.unsigned_integer(2);
    writer.array_head(2);
    writer.unsigned_integer(1);
    writer.bytes(component.digest, DigestBytes);
}

std::size_t count_claims(const Identity& identity, const Claims& claims)
{
    // nonce, ueid, oemid, hwmodel, uptime, profile, bootcount, bootseed, measurements
    std::size_t count = 9;
    count += identity.hardware_version != nullptr ? 1 : 0;
    count += claims.facts.oem_boot != Unknown ? 1 : 0;
    count += claims.facts.debug_status != Unknown ? 1 : 0;
    count += identity.software_name != nullptr ? 1 : 0;
    count += identity.software_version != nullptr ? 1 : 0;
    return count;
}

// Keys in ascending order (RFC 8949 section 4.2.1).
void write_payload(CborWriter& writer, const Identity& identity, const Claims& claims)
{
    writer.map_head(count_claims(identity, claims));
    writer.unsigned_integer(Nonce);
    writer.bytes(claims.nonce, NonceBytes);
    write_identity(writer, identity);
    write_boot_facts(writer, claims);
    write_software(writer, identity);
    writer.unsigned_integer(Measurements);
    writer.array_head(claims.component_count);
    for (std::size_t i = 0; i < claims.component_count; i++)
    {
        write_component(writer, claims.components[i]);
    }
}

// Protected header {1: alg, 4: kid, 16: 263}, then what stands between it and the payload's head.
void write_front(CborWriter& writer, const Identity& identity, bool is_structure, std::size_t payload_bytes)
{
    constexpr std::size_t ProtectedBytes = 17;
    writer.bytes_head(ProtectedBytes);
    writer.map_head(3);
    writer.unsigned_integer(1);
    writer.integer(static_cast<std::int8_t>(identity.algorithm));
    writer.unsigned_integer(4);
    writer.bytes(identity.key_id, KeyIdBytes);
    writer.unsigned_integer(16);
    writer.unsigned_integer(263);
    if (is_structure)
    {
        writer.bytes_head(0); // external_aad is empty
    }
    else
    {
        writer.map_head(0); // no unprotected header
    }

    writer.bytes_head(payload_bytes);
}

// MAC_structure and Sig_structure (RFC 9052 sections 6.3 and 4.4) and the finished message share everything from the protected header
// to the payload but one byte. So the payload is written once, behind room for the longer front, and each front is put before it.
std::size_t put_front(const Identity& identity, bool is_structure, std::uint8_t* payload, std::size_t payload_bytes)
{
    const bool is_mac = identity.algorithm == Algorithm::Hmac256;
    std::uint8_t front[FrontBytes];
    CborWriter writer(front, sizeof front);
    if (is_structure)
    {
        writer.array_head(4);
        writer.text(is_mac ? "MAC0" : "Signature1");
    }
    else
    {
        writer.tag(is_mac ? Mac0Tag : Sign1Tag);
        writer.array_head(4);
    }

    write_front(writer, identity, is_structure, payload_bytes);
    std::memcpy(payload - writer.length(), front, writer.length());
    return writer.length();
}

Error authenticate(const Ops& ops, const Identity& identity, std::uint8_t* payload, std::size_t payload_bytes, CborWriter& behind)
{
    std::uint8_t tag[SignatureBytes] = {};
    WipeAtEnd wiped(tag, sizeof tag);
    const std::size_t front_bytes = put_front(identity, true, payload, payload_bytes);
    if (!ops.authenticate(ops.context, identity.algorithm, payload - front_bytes, front_bytes + payload_bytes, tag))
    {
        return Error::AuthenticationFailed;
    }

    behind.bytes(tag, identity.algorithm == Algorithm::Hmac256 ? MacBytes : SignatureBytes);
    return behind.overflown() ? Error::TooLarge : Error::Ok;
}

Error write_message(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length)
{
    if (!is_in_profile(identity, claims))
    {
        return Error::BadClaims;
    }

    if (capacity <= FrontBytes)
    {
        return Error::TooLarge;
    }

    std::uint8_t* const payload = buffer + FrontBytes;
    CborWriter writer(payload, capacity - FrontBytes);
    write_payload(writer, identity, claims);
    if (writer.overflown())
    {
        return Error::TooLarge;
    }

    const std::size_t payload_bytes = writer.length();
    const Error error = authenticate(ops, identity, payload, payload_bytes, writer);
    if (error != Error::Ok)
    {
        return error;
    }

    const std::size_t front_bytes = put_front(identity, false, payload, payload_bytes);
    *length = front_bytes + writer.length();
    std::memmove(buffer, payload - front_bytes, *length);
    return Error::Ok;
}
}

Error write_evidence(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length)
{
    *length = 0;
    const Error error = write_message(ops, identity, claims, buffer, capacity, length);
    if (error != Error::Ok)
    {
        wipe(buffer, capacity);
    }

    return error;
}
}
