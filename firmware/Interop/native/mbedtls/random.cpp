#include "random.h"

#include <mbedtls/ecp.h>

namespace iotattest::mbedtls
{
int fill_random(void* random, unsigned char* bytes, std::size_t count)
{
    const Random& source = *static_cast<const Random*>(random);
    return source.fill(source.context, bytes, count) ? 0 : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}
}
