#ifdef IOTATTEST_PROVISIONING
#include "p256_key.h"

#include <cstring>
#include <mbedtls/ecp.h>

namespace iotattest::mbedtls
{
namespace
{
constexpr unsigned char UncompressedPoint = 0x04; // SEC 1 section 2.3.3

// The curve with one scalar and one point of it; all wiped at the end.
struct Curve
{
    Curve()
    {
        mbedtls_ecp_group_init(&group);
        mbedtls_mpi_init(&scalar);
        mbedtls_ecp_point_init(&point);
    }

    ~Curve()
    {
        mbedtls_ecp_point_free(&point);
        mbedtls_mpi_free(&scalar);
        mbedtls_ecp_group_free(&group);
    }

    Curve(const Curve&) = delete;
    Curve& operator=(const Curve&) = delete;

    bool load() { return mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0; }

    mbedtls_ecp_group group;
    mbedtls_mpi scalar;
    mbedtls_ecp_point point;
};
}

bool make_key(const Random& random, std::uint8_t key[DeviceKeyBytes])
{
    Random source = random;
    Curve curve;
    return curve.load() && mbedtls_ecp_gen_privkey(&curve.group, &curve.scalar, fill_random, &source) == 0
        && mbedtls_mpi_write_binary(&curve.scalar, key, DeviceKeyBytes) == 0;
}

bool public_key(const std::uint8_t key[DeviceKeyBytes], const Random& random, std::uint8_t xy[PublicKeyBytes])
{
    Random source = random;
    Curve curve;
    unsigned char encoded[1 + PublicKeyBytes];
    std::size_t count = 0;
    const bool is_public = curve.load() && mbedtls_mpi_read_binary(&curve.scalar, key, DeviceKeyBytes) == 0
        && mbedtls_ecp_check_privkey(&curve.group, &curve.scalar) == 0
        && mbedtls_ecp_mul(&curve.group, &curve.point, &curve.scalar, &curve.group.G, fill_random, &source) == 0
        && mbedtls_ecp_point_write_binary(&curve.group, &curve.point, MBEDTLS_ECP_PF_UNCOMPRESSED, &count, encoded, sizeof encoded) == 0
        && count == sizeof encoded && encoded[0] == UncompressedPoint;
    if (is_public)
    {
        std::memcpy(xy, encoded + 1, PublicKeyBytes);
    }

    return is_public;
}
}
#endif
