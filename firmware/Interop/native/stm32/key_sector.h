// Identity and key, in a sector of their own. Layout from its start:
//   0    160  identity record (core/identity_record.h)
//   160   32  key
//   192   32  SHA-256 over the 192 bytes before: finds torn writes and worn flash
//   224    8  "IAK1" and its complement, written last
#pragma once

#include "identity_record.h"
#include "sha_stream.h"

namespace iotattest::stm32
{
constexpr std::size_t KeyBytes = 32;

// One that was read belongs to the caller, who wipes it.
struct KeyRecord
{
    std::uint8_t identity[IdentityRecordBytes];
    std::uint8_t key[KeyBytes];
};

// False when there is none, or a torn one; `record` is then all zero.
bool read_key_record(KeyRecord* record);

// False when there is none.
bool read_identity(StoredIdentity* identity);

// Where a record lies, for the code that writes it.
constexpr std::size_t KeyRecordBytes = sizeof(KeyRecord);
constexpr std::size_t KeyCheckAt = KeyRecordBytes;
constexpr std::size_t KeyMarkerAt = KeyCheckAt + DigestBytes;
constexpr std::uint32_t KeyMarker = 0x49414B31;

static_assert(KeyRecordBytes == IdentityRecordBytes + KeyBytes && KeyMarkerAt % sizeof(std::uint32_t) == 0, "no padding, whole words");

// A hash of its own, so that reading the record disturbs no measurement.
class RecordHash
{
public:
    RecordHash();
    const Ops& ops() const { return ops_; }

private:
    mbedtls::ShaStream stream_;
    Ops ops_ = {};
};
}
