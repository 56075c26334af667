#pragma once

#include <cstring>
#include <string>

#include "digest.h"
#include "input.h"
#include "provisioning.h"

namespace iotattest::fuzz
{
constexpr std::size_t RequestCheckAt = 153;

// Makes the check of a request of full length fit.
inline void set_check(const Ops& ops, Bytes* request)
{
    std::uint8_t digest[DigestBytes];
    require(digest_of(ops, request->data(), RequestCheckAt, digest), "SHA-256 works");
    std::memcpy(request->data() + RequestCheckAt, digest, ProvisioningRequestBytes - RequestCheckAt);
}

inline std::string line_of(const Bytes& request)
{
    constexpr char Digits[] = "0123456789abcdef";
    std::string line = "provision ";
    for (const std::uint8_t byte : request)
    {
        line += Digits[byte >> 4];
        line += Digits[byte & 0x0F];
    }

    return line;
}
}
