#include "sha_stream.h"

namespace iotattest::mbedtls
{
bool ShaStream::begin()
{
    close();
    mbedtls_md_init(&context_);
    is_open_ = true;
    const bool has_begun = mbedtls_md_setup(&context_, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0) == 0 && mbedtls_md_starts(&context_) == 0;
    if (!has_begun)
    {
        close();
    }

    return has_begun;
}

bool ShaStream::update(const std::uint8_t* bytes, std::size_t count)
{
    return is_open_ && mbedtls_md_update(&context_, bytes, count) == 0;
}

bool ShaStream::finish(std::uint8_t* digest)
{
    const bool is_finished = is_open_ && mbedtls_md_finish(&context_, digest) == 0;
    close();
    return is_finished;
}

void ShaStream::close()
{
    if (is_open_)
    {
        mbedtls_md_free(&context_);
        is_open_ = false;
    }
}
}
