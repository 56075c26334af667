#include "entropy.h"

#include <algorithm>
#include <cstring>

#include "bootloader_random.h" // components/bootloader_support/include/bootloader_random.h
#include "early.h"
#include "esp_random.h" // components/esp_hw_support/include/esp_random.h
#include "sha_stream.h"
#include "wipe.h"

namespace iotattest::esp32
{
namespace
{
// Two outputs of one state: the one handed out says nothing about the next pool.
enum Use : std::uint8_t { Output = 0, NextPool = 1 };

bool mix(Use use, const std::uint8_t* pool, std::uint64_t used, const std::uint8_t* fresh, std::uint8_t* digest)
{
    mbedtls::ShaStream hash;
    const std::uint8_t label = use;
    return hash.begin() && hash.update(&label, 1) && hash.update(pool, DigestBytes)
        && hash.update(reinterpret_cast<const std::uint8_t*>(&used), sizeof used) && hash.update(fresh, DigestBytes) && hash.finish(digest);
}

Entropy instance;
}

void Entropy::collect()
{
    if (is_collected_)
    {
        return;
    }

    bootloader_random_enable();
    esp_fill_random(pool_, sizeof pool_);
    bootloader_random_disable();
    is_collected_ = true;
}

bool Entropy::fill(std::uint8_t* bytes, std::size_t count)
{
    std::uint8_t block[DigestBytes];
    WipeAtEnd wiped(block, sizeof block);
    while (count > 0)
    {
        if (!next_block(block))
        {
            return false;
        }

        const std::size_t taken = std::min(count, sizeof block);
        std::memcpy(bytes, block, taken);
        bytes += taken;
        count -= taken;
    }

    return true;
}

bool Entropy::next_block(std::uint8_t block[DigestBytes])
{
    std::uint8_t fresh[DigestBytes];
    std::uint8_t pool[DigestBytes];
    WipeAtEnd fresh_wiped(fresh, sizeof fresh);
    WipeAtEnd pool_wiped(pool, sizeof pool);
    esp_fill_random(fresh, sizeof fresh);
    used_++;
    if (!is_collected_ || !mix(NextPool, pool_, used_, fresh, pool) || !mix(Output, pool_, used_, fresh, block))
    {
        return false;
    }

    std::memcpy(pool_, pool, sizeof pool_);
    return true;
}

Entropy& entropy()
{
    return instance;
}
}

extern "C" void iotattest_collect_entropy(void)
{
    iotattest::esp32::entropy().collect();
}
