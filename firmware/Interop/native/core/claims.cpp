#include "claims.h"

#include <cstring>

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
        const Name name = claims.components[i].name;
        if (text_of(name) == nullptr || (seen & (1U << static_cast<unsigned>(name))) != 0)
        {
            return false;
        }

        seen |= 1U << static_cast<unsigned>(name);
    }

    return true;
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
}
