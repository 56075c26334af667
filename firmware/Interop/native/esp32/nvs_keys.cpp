#include "chip.h"

#if IOTATTEST_KEY_STORED
#include "esp_flash_encrypt.h" // components/bootloader_support/include/esp_flash_encrypt.h
#include "nvs_keys.h"

namespace iotattest::esp32
{
const esp_partition_t* nvs_keys_partition()
{
    const esp_partition_t* const place = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_DATA_NVS_KEYS, nullptr);
    return place != nullptr && place->encrypted && esp_get_flash_encryption_mode() == ESP_FLASH_ENC_MODE_RELEASE ? place : nullptr;
}
}
#endif
