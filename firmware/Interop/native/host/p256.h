#pragma once

#include <cstdint>

#include "provisioning.h"

namespace iotattest::host
{
// The public half of a P-256 key; false when `key` is no scalar of the curve.
bool public_half(const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes]);

// A new key from the operating system's random bytes.
bool make_p256_key(std::uint8_t key[DeviceKeyBytes]);
}
