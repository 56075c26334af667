// For the factory only: what ProvisioningOps asks about P-256 keys. Compiled into no other build.
#pragma once

#include "provisioning.h"
#include "random.h"

namespace iotattest::mbedtls
{
// A new private scalar from `random`, big endian.
bool make_key(const Random& random, std::uint8_t key[DeviceKeyBytes]);

// x then y; false when `key` is no scalar of the curve. `random` blinds the computation.
bool public_key(const std::uint8_t key[DeviceKeyBytes], const Random& random, std::uint8_t xy[PublicKeyBytes]);
}
