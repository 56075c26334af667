#include "authenticate.h"

#include <mbedtls/ecdsa.h>
#include <mbedtls/md.h>

namespace iotattest::mbedtls
{
namespace
{
bool sign_digest(const std::uint8_t* secret, const std::uint8_t* digest, Random random, std::uint8_t* signature)
{
    mbedtls_ecp_group group;
    mbedtls_mpi d;
    mbedtls_mpi r;
    mbedtls_mpi s;
    mbedtls_ecp_group_init(&group);
    mbedtls_mpi_init(&d);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    const bool is_signed = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0
        && mbedtls_mpi_read_binary(&d, secret, SecretBytes) == 0
        && mbedtls_ecdsa_sign_det_ext(&group, &r, &s, &d, digest, DigestBytes, MBEDTLS_MD_SHA256, fill_random, &random) == 0
        && mbedtls_mpi_write_binary(&r, signature, SignatureBytes / 2) == 0
        && mbedtls_mpi_write_binary(&s, signature + SignatureBytes / 2, SignatureBytes / 2) == 0;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&d); // wipes
    mbedtls_ecp_group_free(&group);
    return is_signed;
}
}

bool authenticate(const std::uint8_t* secret, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, const Random& random, std::uint8_t* tag)
{
    const mbedtls_md_info_t* const sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    if (algorithm == Algorithm::Hmac256)
    {
        return mbedtls_md_hmac(sha256, secret, SecretBytes, structure, count, tag) == 0;
    }

    std::uint8_t digest[DigestBytes];
    return mbedtls_md(sha256, structure, count, digest) == 0 && sign_digest(secret, digest, random, tag);
}
}
