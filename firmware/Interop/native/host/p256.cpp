#include "p256.h"

#include <cstring>
#include <mbedtls/ecp.h>

#include "device_key.h"
#include "wipe.h"

namespace iotattest::host
{
namespace
{
constexpr std::size_t PointBytes = 1 + PublicKeyBytes;

int blinding(void*, unsigned char* bytes, std::size_t count)
{
    return fill_random(bytes, count) ? 0 : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}
}

bool public_half(const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes])
{
    std::uint8_t bytes[PointBytes] = {};
    std::size_t length = 0;
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
    mbedtls_mpi scalar;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&point);
    mbedtls_mpi_init(&scalar);
    const bool is_made = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0
        && mbedtls_mpi_read_binary(&scalar, key, DeviceKeyBytes) == 0
        && mbedtls_ecp_check_privkey(&group, &scalar) == 0
        && mbedtls_ecp_mul(&group, &point, &scalar, &group.G, blinding, nullptr) == 0
        && mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &length, bytes, sizeof bytes) == 0
        && length == sizeof bytes;
    mbedtls_mpi_free(&scalar);
    mbedtls_ecp_point_free(&point);
    mbedtls_ecp_group_free(&group);
    std::memcpy(xy, bytes + 1, PublicKeyBytes);
    return is_made;
}

bool make_p256_key(std::uint8_t key[DeviceKeyBytes])
{
    // About one in 2^32 draws lies outside the curve's order.
    constexpr int Draws = 4;
    std::uint8_t xy[PublicKeyBytes];
    for (int i = 0; i < Draws; i++)
    {
        if (!fill_random(key, DeviceKeyBytes))
        {
            return false;
        }

        if (public_half(key, xy))
        {
            return true;
        }
    }

    wipe(key, DeviceKeyBytes);
    return false;
}
}
