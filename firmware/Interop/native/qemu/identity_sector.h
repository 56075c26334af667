// The sector of flash that makes one board of many: the identity record of core/identity_record.h and behind it the HMAC key. A real chip
// read-protects the key; the emulator protects nothing.
#pragma once

#include "identity_record.h"

namespace iotattest::qemu
{
constexpr std::size_t HmacKeyBytes = 32;

// False when the sector is erased, damaged, or not of a board with an HMAC key and a private enterprise number.
bool read_identity(Identity* identity);

// HmacKeyBytes in flash; only after read_identity said true.
const std::uint8_t* hmac_key();
}
