// HMAC (RFC 2104) with SHA-256.
#pragma once

#include "sha256.h"

namespace iotattest
{
// One stream under one key; the key itself is not kept, and what was made from it is wiped at the end.
class HmacSha256
{
public:
    // A key of any length; longer than a block it is hashed first (RFC 2104 section 2). `key` may be null when `count` is 0.
    HmacSha256(const std::uint8_t* key, std::size_t count);

    void update(const std::uint8_t* bytes, std::size_t count) { inner_.update(bytes, count); }

    // Writes the tag. Once: the key is gone afterwards.
    void finish(std::uint8_t tag[MacBytes]);

private:
    Sha256 inner_;
    Sha256 outer_;
};
}
