#pragma once

#include "cbor_writer.h"
#include "measurement.h"
#include "ops.h"

namespace iotattest
{
// What one evidence says. Only the attester fills this in: managed code reaches neither this type nor write_evidence.
struct Claims
{
    const std::uint8_t* nonce;     // NonceBytes
    const std::uint8_t* boot_seed; // BootSeedBytes
    std::uint64_t boot_count;      // below 2^63
    std::uint64_t uptime_seconds;  // below 2^63
    BootFacts facts;
    const Component* components; // names unique
    std::size_t component_count; // 1 to MaxComponents
};

// Whether every claim has the shape and range of the profile (docs/protocol.md), what EvidenceClaims.Check of shared/Protocol asks.
bool is_in_profile(const Identity& identity, const Claims& claims);

// The EAT claims as a map, keys in ascending order (RFC 8949 section 4.2.1). Only after is_in_profile.
void write_payload(CborWriter& writer, const Identity& identity, const Claims& claims);
}
