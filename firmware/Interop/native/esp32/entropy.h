#pragma once

#include <cstddef>
#include <cstdint>

#include "sizes.h"

namespace iotattest::esp32
{
// Random bytes that do not depend on RF being up: a pool drawn while the noise source was on, mixed with the chip's generator at each use.
// esp_random.h: the generator alone gives true random numbers only while Wi-Fi, Bluetooth or the noise source run.
class Entropy
{
public:
    constexpr Entropy() = default;

    // Once after a reset; later calls do nothing, as the noise source must not be switched while RF or ADC run.
    void collect();

    // Any number of bytes; false before collect, or when SHA-256 fails.
    bool fill(std::uint8_t* bytes, std::size_t count);

private:
    bool next_block(std::uint8_t block[DigestBytes]);

    std::uint8_t pool_[DigestBytes] = {};
    std::uint64_t used_ = 0;
    bool is_collected_ = false;
};

// The one of this firmware.
Entropy& entropy();
}
