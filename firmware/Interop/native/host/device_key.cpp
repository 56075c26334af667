#include "device_key.h"

#include <cstring>
#include <mbedtls/ecdsa.h>
#include <mbedtls/md.h>
#include <sys/random.h>

#include "wipe.h"

namespace iotattest::host
{
namespace
{
int blinding(void*, unsigned char* bytes, std::size_t count)
{
    return fill_random(bytes, count) ? 0 : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}
}

DeviceKey::~DeviceKey()
{
    wipe(secret_, sizeof secret_);
}

void DeviceKey::set(Algorithm algorithm, const std::uint8_t* secret)
{
    std::memcpy(secret_, secret, SecretBytes);
    algorithm_ = algorithm;
    is_set_ = true;
}

bool DeviceKey::authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag) const
{
    // One key serves one algorithm.
    if (!is_set_ || algorithm != algorithm_)
    {
        return false;
    }

    return algorithm == Algorithm::Hmac256
        ? mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), secret_, SecretBytes, structure, count, tag) == 0
        : sign(structure, count, tag);
}

// RFC 6979: the same bytes get the same signature.
bool DeviceKey::sign(const std::uint8_t* structure, std::size_t count, std::uint8_t* signature) const
{
    std::uint8_t digest[DigestBytes];
    mbedtls_ecp_group group;
    mbedtls_mpi d;
    mbedtls_mpi r;
    mbedtls_mpi s;
    mbedtls_ecp_group_init(&group);
    mbedtls_mpi_init(&d);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    const bool is_signed = mbedtls_md(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), structure, count, digest) == 0
        && mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0
        && mbedtls_mpi_read_binary(&d, secret_, SecretBytes) == 0
        && mbedtls_ecdsa_sign_det_ext(&group, &r, &s, &d, digest, sizeof digest, MBEDTLS_MD_SHA256, blinding, nullptr) == 0
        && mbedtls_mpi_write_binary(&r, signature, SignatureBytes / 2) == 0
        && mbedtls_mpi_write_binary(&s, signature + SignatureBytes / 2, SignatureBytes / 2) == 0;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&d);
    mbedtls_ecp_group_free(&group);
    return is_signed;
}

bool fill_random(std::uint8_t* bytes, std::size_t count)
{
    while (count > 0)
    {
        const ssize_t got = getrandom(bytes, count, 0);
        if (got <= 0)
        {
            return false;
        }

        bytes += got;
        count -= static_cast<std::size_t>(got);
    }

    return true;
}
}
