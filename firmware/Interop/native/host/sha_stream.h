#pragma once

#include <cstddef>
#include <cstdint>
#include <mbedtls/md.h>

namespace iotattest::host
{
// SHA-256 of mbedTLS, through the calls that versions 2.28 and 3.x share.
class ShaStream
{
public:
    ShaStream();
    ~ShaStream();
    ShaStream(const ShaStream&) = delete;
    ShaStream& operator=(const ShaStream&) = delete;

    bool begin();
    bool update(const std::uint8_t* bytes, std::size_t count);
    bool finish(std::uint8_t* digest);

private:
    mbedtls_md_context_t context_;
    bool is_ready_;
};
}
