#include "chip.h"

#if IOTATTEST_KEY_STORED
#include "authenticate.h"
#include "device_key.h"
#include "entropy.h"
#include "storage.h"
#include "wipe.h"

namespace iotattest::esp32
{
namespace
{
bool fill(void*, std::uint8_t* bytes, std::size_t count)
{
    return entropy().fill(bytes, count);
}
}

bool authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    std::uint8_t secret[mbedtls::SecretBytes];
    WipeAtEnd wiped(secret, sizeof secret);
    Storage storage; // opens only where flash encryption protects it
    return algorithm == KeyAlgorithm && storage.open(NVS_READONLY) && storage.read(SecretKey, secret, sizeof secret)
        && mbedtls::authenticate(secret, algorithm, structure, count, {nullptr, fill}, tag);
}
}
#endif
