#include "chip.h"

#if IOTATTEST_KEY_HMAC
#include "device_key.h"
#include "esp_hmac.h" // components/esp_security/include/esp_hmac.h
#include "key_block.h"

namespace iotattest::esp32
{
bool authenticate(Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    esp_efuse_block_t block = EFUSE_BLK_KEY0;
    if (algorithm != KeyAlgorithm || !find_device_key(&block))
    {
        return false;
    }

    // The peripheral counts key blocks from HMAC_KEY0 (components/hal/include/hal/hmac_types.h).
    const auto key = static_cast<hmac_key_id_t>(HMAC_KEY0 + (block - EFUSE_BLK_KEY0));
    return esp_hmac_calculate(key, structure, count, tag) == ESP_OK;
}
}
#endif
