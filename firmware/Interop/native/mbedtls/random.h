#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::mbedtls
{
// Where random bytes come from, with the signature of Ops::random; `count` may be any here.
struct Random
{
    void* context;
    bool (*fill)(void* context, std::uint8_t* bytes, std::size_t count);
};

// The form mbedTLS asks for; its context is a Random.
int fill_random(void* random, unsigned char* bytes, std::size_t count);
}
