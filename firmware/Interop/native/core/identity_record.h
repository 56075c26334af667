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
// Both answer false when `ops` cannot hash, and both drop a SHA-256 stream that is not finished: a port reads its record once, at start,
// never while a measurement runs. Encoding answers false, with `record` not to be used, for an identity that this layout cannot hold;
// decoding for any other layout, with `identity` untouched.
bool encode_identity(const Ops& ops, const StoredIdentity& identity, std::uint8_t record[IdentityRecordBytes]);
bool decode_identity(const Ops& ops, const std::uint8_t* record, std::size_t count, StoredIdentity* identity);

// Fills what Ops::identity answers; `software_name` and `software_version` belong to the firmware build and may be null.
void describe(const StoredIdentity& stored, const char* software_name, const char* software_version, Identity* identity);

// What the record and the request of provisioning.h have in common. Codes of algorithm and form of oemid:
constexpr std::uint8_t HmacCode = 1;
constexpr std::uint8_t Es256Code = 2;
constexpr std::uint8_t NumberOemId = 0;
constexpr std::uint8_t RandomOemId = 1;

// UEID, class and oemid in one piece.
constexpr std::size_t IdentityNamesBytes = UeidBytes + HardwareModelBytes + OemIdBytes;

// `names` has IdentityNamesBytes, `version` MaxTextBytes. False for what the layout or the profile does not allow. Decoding leaves the kid zero.
bool decode_identity_fields(std::uint8_t algorithm, std::uint8_t form, const std::uint8_t* names, const std::uint8_t* version, StoredIdentity* identity);
bool encode_identity_fields(const StoredIdentity& identity, std::uint8_t* algorithm, std::uint8_t* form, std::uint8_t* names, std::uint8_t* version);
}
