#pragma once

#include "ops.h"
#include "random.h"

namespace iotattest::mbedtls
{
constexpr std::size_t SecretBytes = 32; // an HMAC key, or the private scalar of a P-256 key, big endian

// What Ops::authenticate answers, with a key that software can read: HMAC-SHA-256, or ECDSA on P-256 with the nonce of RFC 6979, so
// that the same bytes get the same signature. `random` only blinds the computation. Takes heap of mbedTLS and kilobytes of stack.
bool authenticate(const std::uint8_t* secret, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, const Random& random, std::uint8_t* tag);
}
