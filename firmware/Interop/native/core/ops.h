// The only thing a port implements. Every function gets the `context` of the table, runs on the interpreter's thread and returns
// false on failure, which ends in an error and never in evidence. Nothing here takes bytes to authenticate from managed code.
#pragma once

#include "sizes.h"

namespace iotattest
{
// Component names of the profile (docs/protocol.md); evidence keeps the order of the region list.
enum class Name : std::uint8_t { Bootloader = 0, Partitions = 1, Clr = 2, Deployment = 3, Config = 4, Inventory = 5 };

// COSE algorithms (RFC 9053, RFC 9864): COSE_Mac0 with the first, COSE_Sign1 with the others.
enum class Algorithm : std::int8_t { Hmac256 = 5, Es256 = -7, Esp256 = -9 };

enum class View : std::uint8_t
{
    Plain = 0, // what the processor executes: decrypted where flash encryption is on
    Raw = 1,   // what the flash chip holds; only asked for where `encrypted` is true
};

struct Region
{
    Name name;
    bool encrypted;         // flash encryption is on for it; it then starts at a multiple of 32 and its length is one
    std::uint32_t length;   // 1 to MaxRegionBytes
    std::uintptr_t address; // where the processor sees it mapped, for the check of loaded assemblies; 0 when it is not
};

struct Assembly
{
    std::uintptr_t address; // of the PE header, as the interpreter's list of loaded assemblies has it
    std::uint32_t length;   // of the whole PE
};

// What was provisioned. Texts are printable ASCII, 1 to 64 characters, ended by 0, or null to leave the claim out.
struct Identity
{
    std::uint8_t ueid[UeidBytes];                    // first byte 0x01
    std::uint8_t hardware_model[HardwareModelBytes]; // class UUID
    std::uint8_t oem_id_bytes[OemIdBytes];           // when has_oem_id_bytes
    std::uint8_t key_id[KeyIdBytes];
    bool has_oem_id_bytes;
    std::uint32_t oem_id; // private enterprise number otherwise
    Algorithm algorithm;
    const char* hardware_version;
    const char* software_name;
    const char* software_version; // only with software_name (RFC 9711 section 4.2.7)
};

constexpr std::int8_t Unknown = -1;

// Read from hardware now (RFC 9711 sections 4.2.8 and 4.2.9), never remembered; Unknown leaves the claim out.
struct BootFacts
{
    std::int8_t oem_boot;     // 1, 0 or Unknown
    std::int8_t debug_status; // 0 to 4 or Unknown
};

struct Ops
{
    void* context;

    // Measured regions: their number (1 to MaxRegions), one of them, and `count` (1 to ChunkBytes) bytes that lie inside it.
    std::size_t (*region_count)(void* context);
    bool (*region)(void* context, std::size_t index, Region* region);
    bool (*read)(void* context, std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count);

    // Grows with every write or erase that touches a measured region, before the flash changes. Never wraps or falls.
    std::uint32_t (*region_writes)(void* context);

    // The assembly at `index` of the interpreter's list; sets *has to false past the end.
    bool (*loaded_assembly)(void* context, std::size_t index, Assembly* assembly, bool* has);

    // One SHA-256 stream; hash_begin drops a stream that was not finished.
    bool (*hash_begin)(void* context);
    bool (*hash_update)(void* context, const std::uint8_t* bytes, std::size_t count);
    bool (*hash_finish)(void* context, std::uint8_t digest[DigestBytes]);

    // Writes a 32-byte HMAC-SHA-256 or a 64-byte signature (r then s over SHA-256). The key stays with the port.
    bool (*authenticate)(void* context, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag);

    bool (*identity)(void* context, Identity* identity);
    bool (*boot_facts)(void* context, BootFacts* facts);
    bool (*random)(void* context, std::uint8_t* bytes, std::size_t count); // count 1 to 32
    bool (*next_boot)(void* context, std::uint64_t* count); // counts, durable before it returns; below 2^63
    bool (*uptime)(void* context, std::uint64_t* seconds); // since this boot; below 2^63
};
}
