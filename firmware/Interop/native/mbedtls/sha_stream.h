#pragma once

#include <cstddef>
#include <cstdint>
#include <mbedtls/md.h>

namespace iotattest::mbedtls
{
// SHA-256 of mbedTLS, through the calls that versions 2.28 and 3.x share. mbedTLS allocates its state in begin and frees it in finish or
// at the next begin; nothing happens before begin, so that a static instance needs no start-up code.
class ShaStream
{
public:
    constexpr ShaStream() = default;
    ~ShaStream() { close(); }
    ShaStream(const ShaStream&) = delete;
    ShaStream& operator=(const ShaStream&) = delete;

    bool begin();
    bool update(const std::uint8_t* bytes, std::size_t count);
    bool finish(std::uint8_t* digest);

private:
    void close();

    mbedtls_md_context_t context_ = {};
    bool is_open_ = false;
};
}
