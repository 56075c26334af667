#include "sha_stream.h"

namespace iotattest::host
{
ShaStream::ShaStream()
{
    mbedtls_md_init(&context_);
    is_ready_ = mbedtls_md_setup(&context_, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0) == 0;
}

ShaStream::~ShaStream()
{
    mbedtls_md_free(&context_);
}

bool ShaStream::begin()
{
    return is_ready_ && mbedtls_md_starts(&context_) == 0;
}

bool ShaStream::update(const std::uint8_t* bytes, std::size_t count)
{
    return mbedtls_md_update(&context_, bytes, count) == 0;
}

bool ShaStream::finish(std::uint8_t* digest)
{
    return mbedtls_md_finish(&context_, digest) == 0;
}
}
