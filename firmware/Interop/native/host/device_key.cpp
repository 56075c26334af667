#include "device_key.h"

#include <cstring>
#include <sys/random.h>

#include "wipe.h"

namespace iotattest::host
{
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
    return is_set_ && algorithm == algorithm_ && mbedtls::authenticate(secret_, algorithm, structure, count, {nullptr, fill_random}, tag);
}

bool fill_random(void*, std::uint8_t* bytes, std::size_t count)
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
