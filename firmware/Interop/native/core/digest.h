#pragma once

#include "ops.h"

namespace iotattest
{
// SHA-256 of `count` bytes at once. Drops a stream that is not finished: not for use while a measurement runs.
inline bool digest_of(const Ops& ops, const std::uint8_t* bytes, std::size_t count, std::uint8_t digest[DigestBytes])
{
    return ops.hash_begin(ops.context) && ops.hash_update(ops.context, bytes, count) && ops.hash_finish(ops.context, digest);
}
}
