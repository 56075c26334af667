#pragma once

#include "authenticate.h"

namespace iotattest::host
{
// The key of a board on a PC: 32 bytes, an HMAC key or the private number of a P-256 key. Wiped at the end.
class DeviceKey
{
public:
    static constexpr std::size_t SecretBytes = mbedtls::SecretBytes;

    DeviceKey() = default;
    ~DeviceKey();
    DeviceKey(const DeviceKey&) = delete;
    DeviceKey& operator=(const DeviceKey&) = delete;

    void set(Algorithm algorithm, const std::uint8_t* secret);
    bool authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag) const;

private:
    std::uint8_t secret_[SecretBytes] = {};
    Algorithm algorithm_ = Algorithm::Hmac256;
    bool is_set_ = false;
};

// Random bytes of the operating system; needs no context.
bool fill_random(void* context, std::uint8_t* bytes, std::size_t count);
}
