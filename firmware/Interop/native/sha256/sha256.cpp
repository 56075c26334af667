#include "sha256.h"

#include "wipe.h"

namespace iotattest
{
namespace
{
constexpr std::size_t Rounds = 64;

// FIPS 180-4 section 5.3.3.
constexpr std::uint32_t InitialState[] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

// FIPS 180-4 section 4.2.2.
constexpr std::uint32_t RoundConstants[Rounds] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

constexpr std::uint32_t rotate(std::uint32_t word, unsigned bits)
{
    return (word >> bits) | (word << (32 - bits));
}

std::uint32_t read_word(const std::uint8_t* bytes)
{
    return (static_cast<std::uint32_t>(bytes[0]) << 24) | (static_cast<std::uint32_t>(bytes[1]) << 16) | (static_cast<std::uint32_t>(bytes[2]) << 8) | bytes[3];
}

// Section 4.1.2: the functions of one letter case each.
constexpr std::uint32_t big_sigma0(std::uint32_t x) { return rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22); }
constexpr std::uint32_t big_sigma1(std::uint32_t x) { return rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25); }
constexpr std::uint32_t small_sigma0(std::uint32_t x) { return rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3); }
constexpr std::uint32_t small_sigma1(std::uint32_t x) { return rotate(x, 17) ^ rotate(x, 19) ^ (x >> 10); }
constexpr std::uint32_t choose(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return (x & y) ^ (~x & z); }
constexpr std::uint32_t majority(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return (x & y) ^ (x & z) ^ (y & z); }
}

Sha256::~Sha256()
{
    wipe(this, sizeof *this);
}

void Sha256::begin()
{
    for (std::size_t i = 0; i < StateWords; i++)
    {
        state_[i] = InitialState[i];
    }

    wipe(block_, sizeof block_);
    count_ = 0;
}

void Sha256::update(const std::uint8_t* bytes, std::size_t count)
{
    while (count > 0)
    {
        if (count_ % BlockBytes != 0 || count < BlockBytes)
        {
            append(*bytes);
            bytes++;
            count--;
            continue;
        }

        for (std::uint32_t& word : block_)
        {
            word = read_word(bytes);
            bytes += sizeof word;
        }

        count_ += BlockBytes;
        count -= BlockBytes;
        compress();
    }
}

void Sha256::finish(std::uint8_t digest[DigestBytes])
{
    // Section 5.1.1: a bit 1, zeros, and the length in bits as the last 8 bytes of a block.
    const std::uint64_t bits = count_ * 8;
    append(0x80);
    while (count_ % BlockBytes != BlockBytes - sizeof bits)
    {
        append(0);
    }

    for (unsigned shift = 64; shift > 0; shift -= 8)
    {
        append(static_cast<std::uint8_t>(bits >> (shift - 8)));
    }

    for (std::size_t i = 0; i < DigestBytes; i++)
    {
        digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
    }

    begin();
}

void Sha256::append(std::uint8_t byte)
{
    std::uint32_t& word = block_[count_ % BlockBytes / sizeof *block_];
    word = (word << 8) | byte;
    count_++;
    if (count_ % BlockBytes == 0)
    {
        compress();
    }
}

// Section 6.2.2. The schedule needs only its last 16 words, so it is kept in the block. The eight working variables do not move from
// one to the next in a round: their names do, and all are back in their places after 64 rounds.
void Sha256::compress()
{
    std::uint32_t v[StateWords];
    WipeAtEnd wiped(v, sizeof v);
    for (std::size_t i = 0; i < StateWords; i++)
    {
        v[i] = state_[i];
    }

    for (std::size_t t = 0; t < Rounds; t++)
    {
        std::uint32_t& scheduled = block_[t % BlockWords];
        if (t >= BlockWords)
        {
            scheduled += small_sigma1(block_[(t + 14) % BlockWords]) + block_[(t + 9) % BlockWords] + small_sigma0(block_[(t + 1) % BlockWords]);
        }

        const auto named = [&v, t](std::size_t name) -> std::uint32_t& { return v[(name - t) % StateWords]; };
        const std::uint32_t e = named(4);
        const std::uint32_t t1 = named(7) + big_sigma1(e) + choose(e, named(5), named(6)) + RoundConstants[t] + scheduled;
        named(3) += t1;
        named(7) = t1 + big_sigma0(named(0)) + majority(named(0), named(1), named(2));
    }

    for (std::size_t i = 0; i < StateWords; i++)
    {
        state_[i] += v[i];
    }
}
}
