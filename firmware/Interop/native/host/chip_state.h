#pragma once

#include <string>

#include "identity_record.h"

namespace iotattest::host
{
// What a provisioned chip keeps, as a file: identity record, key, and a byte that is 1 once the key is locked.
struct ChipState
{
    static constexpr std::size_t KeyBytes = 32;

    std::uint8_t record[IdentityRecordBytes];
    std::uint8_t key[KeyBytes];
    std::uint8_t is_locked;
};

// Sets *exists to false when there is no file. False when there is one of another length, or it cannot be read.
bool read_chip(const std::string& path, ChipState* state, bool* exists);

// All or nothing: writes another file, brings it to the disk and renames it. Only the owner may read it.
bool write_chip(const std::string& path, const ChipState& state);
}
