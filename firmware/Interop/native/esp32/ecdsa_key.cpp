#include "chip.h"

#if IOTATTEST_KEY_ECDSA
#include <mbedtls/ecdsa.h>
#include <mbedtls/md.h>

#include "device_key.h"
#include "ecdsa/ecdsa_alt.h" // components/mbedtls/port/include/ecdsa/ecdsa_alt.h
#include "key_block.h"

namespace iotattest::esp32
{
namespace
{
// components/mbedtls/port/ecdsa/ecdsa_alt.c: the scalar only names the eFuse block, mbedtls_ecdsa_sign then asks the peripheral, which draws
// its own nonce (so no generator is passed, and a fall back to software fails), and turns little endian r and s into numbers.
bool sign_digest(esp_efuse_block_t block, const std::uint8_t* digest, std::uint8_t* signature)
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
        && esp_ecdsa_privkey_load_mpi(&d, static_cast<int>(block)) == 0
        && mbedtls_ecdsa_sign(&group, &r, &s, &d, digest, DigestBytes, nullptr, nullptr) == 0
        && mbedtls_mpi_write_binary(&r, signature, SignatureBytes / 2) == 0
        && mbedtls_mpi_write_binary(&s, signature + SignatureBytes / 2, SignatureBytes / 2) == 0;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&d);
    mbedtls_ecp_group_free(&group);
    return is_signed;
}
}

bool authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    std::uint8_t digest[DigestBytes];
    esp_efuse_block_t block = EFUSE_BLK_KEY0;
    return algorithm == KeyAlgorithm && find_device_key(&block)
        && mbedtls_md(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), structure, count, digest) == 0 && sign_digest(block, digest, tag);
}
}
#endif
