#pragma once

#include "error.h"
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

// Encodes an EAT (RFC 9711) inside COSE_Mac0 or COSE_Sign1 (RFC 9052), byte for byte what EvidenceWriter of shared/Protocol writes,
// and has the port authenticate it. Needs no memory but `buffer`; evidence of MaxRegions components fits in MaxEvidenceBytes.
// Ok with 1 to `capacity` bytes; BadClaims, TooLarge or AuthenticationFailed with *length 0 and the buffer wiped.
Error write_evidence(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length);
}
