#pragma once

#include "ops.h"

namespace iotattest::esp32
{
// What Ops::authenticate answers. Defined once per kind of key: hmac_key.cpp, ecdsa_key.cpp, stored_key.cpp; chip.h chooses.
// False for another algorithm than the chip's, and when the key is missing, not protected, or there are two.
bool authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag);
}
