#pragma once

#include <cstddef>
#include <cstdint>

#include "nvs.h" // components/nvs_flash/include/nvs.h

namespace iotattest::esp32
{
// Keys of the NVS namespace "iotattest".
constexpr const char* IdentityKey = "identity"; // the identity record
constexpr const char* BootsKey = "boots";       // the boot counter, 64 bits
constexpr const char* SecretKey = "key";        // only where the key lies in flash

// The namespace while it is open. Each function answers false on failure, and while nothing is open.
class Storage
{
public:
    Storage() = default;
    ~Storage() { close(); }
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;

    bool open(nvs_open_mode_t mode);
    void close();

    // A blob of exactly `count` bytes; one of another length fails. A write is durable after commit.
    bool read(const char* key, std::uint8_t* bytes, std::size_t count) const;
    bool write(const char* key, const std::uint8_t* bytes, std::size_t count) const;
    bool read(const char* key, std::uint64_t* number) const;
    bool write(const char* key, std::uint64_t number) const;
    bool commit() const;

private:
    nvs_handle_t handle_ = 0;
    bool is_open_ = false;
};

// Whether the namespace has a blob of that name, of any length. False when that cannot be told.
bool has_blob(const char* key, bool* exists);

// Label of the NVS partition, mounted; null when it could not be. Defined once per kind of key.
const char* storage_partition();
}
