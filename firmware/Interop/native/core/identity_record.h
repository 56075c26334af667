// What a board is, as every port keeps it beside the key: one record of fixed length that any memory can hold.
#pragma once

#include "ops.h"

namespace iotattest
{
constexpr std::size_t IdentityRecordBytes = 160;

// A decoded record; owns what `Identity` points to. Keep it as long as the identity is used.
struct StoredIdentity
{
    std::uint8_t ueid[UeidBytes];
    std::uint8_t hardware_model[HardwareModelBytes];
    std::uint8_t oem_id_bytes[OemIdBytes]; // when has_oem_id_bytes
    std::uint8_t key_id[KeyIdBytes];
    bool has_oem_id_bytes;
    std::uint32_t oem_id; // private enterprise number otherwise
    Algorithm algorithm;
    char hardware_version[MaxTextBytes + 1]; // ended by 0, empty when there is none
};

// Layout in bytes, big endian:
//   0   4  "IAI1"
//   4   1  algorithm: 1 HMAC 256/256, 2 ES256
//   5   1  form of oemid: 0 private enterprise number, 1 random 16 bytes
//   6   2  zero
//   8  17  UEID, first byte 0x01
//  25  16  class UUID
//  41  16  oemid: the number in the first 4 bytes and zeros, or 16 bytes
//  57   8  kid
//  65  64  hardware version, printable ASCII, padded with zeros; all zero when there is none
// 129  23  zero
// 152   8  first bytes of SHA-256 over bytes 0 to 151: finds torn writes and worn flash, not an attacker
//
// Both answer false when `ops` cannot hash. Decoding also answers false for any other layout; `identity` is then untouched.
bool encode_identity(const Ops& ops, const StoredIdentity& identity, std::uint8_t record[IdentityRecordBytes]);
bool decode_identity(const Ops& ops, const std::uint8_t* record, std::size_t count, StoredIdentity* identity);

// Fills what Ops::identity answers; `software_name` and `software_version` belong to the firmware build and may be null.
void describe(const StoredIdentity& stored, const char* software_name, const char* software_version, Identity* identity);
}
