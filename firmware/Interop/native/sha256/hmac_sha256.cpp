#include "hmac_sha256.h"

#include "wipe.h"

namespace iotattest
{
namespace
{
constexpr std::uint8_t InnerPad = 0x36;
constexpr std::uint8_t OuterPad = 0x5C;

void xor_with(std::uint8_t* block, std::uint8_t pad)
{
    for (std::size_t i = 0; i < Sha256::BlockBytes; i++)
    {
        block[i] = static_cast<std::uint8_t>(block[i] ^ pad);
    }
}
}

HmacSha256::HmacSha256(const std::uint8_t* key, std::size_t count)
{
    std::uint8_t block[Sha256::BlockBytes] = {};
    WipeAtEnd wiped(block, sizeof block);
    if (count > sizeof block)
    {
        inner_.update(key, count);
        inner_.finish(block);
    }
    else
    {
        for (std::size_t i = 0; i < count; i++)
        {
            block[i] = key[i];
        }
    }

    xor_with(block, InnerPad);
    inner_.update(block, sizeof block);
    xor_with(block, InnerPad ^ OuterPad);
    outer_.update(block, sizeof block);
}

void HmacSha256::finish(std::uint8_t tag[MacBytes])
{
    inner_.finish(tag);
    outer_.update(tag, DigestBytes);
    outer_.finish(tag);
}
}
