#pragma once

#include "claims.h"
#include "error.h"
#include "ops.h"

namespace iotattest
{
// Encodes an EAT (RFC 9711) inside COSE_Mac0 or COSE_Sign1 (RFC 9052), byte for byte what EvidenceWriter of shared/Protocol writes,
// and has the port authenticate it. Needs no memory but `buffer`; evidence of MaxRegions components fits in MaxEvidenceBytes.
// Ok with 1 to `capacity` bytes; BadClaims, TooLarge or AuthenticationFailed with *length 0 and the buffer wiped.
Error write_evidence(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length);
}
