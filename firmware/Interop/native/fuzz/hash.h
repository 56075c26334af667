#pragma once

#include "ops.h"
#include "sha_stream.h"

namespace iotattest::fuzz
{
// Ops that can hash, and nothing else. `stream` outlives them.
inline Ops hashing_ops(mbedtls::ShaStream* stream)
{
    Ops ops = {};
    ops.context = stream;
    ops.hash_begin = [](void* context) { return static_cast<mbedtls::ShaStream*>(context)->begin(); };
    ops.hash_update = [](void* context, const std::uint8_t* bytes, std::size_t count) { return static_cast<mbedtls::ShaStream*>(context)->update(bytes, count); };
    ops.hash_finish = [](void* context, std::uint8_t* digest) { return static_cast<mbedtls::ShaStream*>(context)->finish(digest); };
    return ops;
}
}
