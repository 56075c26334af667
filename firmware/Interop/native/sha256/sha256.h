// SHA-256 (FIPS 180-4) for ports whose chip and firmware bring none. Small rather than fast; docs/adr/0013 says what it costs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sizes.h"

namespace iotattest
{
// One stream of at most 2^61 - 1 bytes. No heap; no branch and no address depends on the bytes hashed, only on their number.
// Everything it saw is wiped when it finishes, starts again or goes out of scope.
class Sha256
{
public:
    static constexpr std::size_t BlockBytes = 64;

    Sha256() { begin(); }
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    // Drops what was hashed so far.
    void begin();

    // `bytes` may be null when `count` is 0.
    void update(const std::uint8_t* bytes, std::size_t count);

    // Writes the digest, then begins anew.
    void finish(std::uint8_t digest[DigestBytes]);

private:
    static constexpr std::size_t StateWords = 8;
    static constexpr std::size_t BlockWords = 16;

    void append(std::uint8_t byte);
    void compress();

    std::uint32_t state_[StateWords];
    std::uint32_t block_[BlockWords]; // the bytes of an unfinished block, big endian; in compress() the message schedule
    std::uint64_t count_;             // bytes so far
};
}
