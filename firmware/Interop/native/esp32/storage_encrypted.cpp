// The original ESP32: a partition of its own, encrypted with keys that flash encryption protects (nvs_flash.h: nvs_flash_read_security_cfg).
#include "chip.h"

#if IOTATTEST_KEY_STORED
#include "nvs_flash.h" // components/nvs_flash/include/nvs_flash.h
#include "nvs_keys.h"
#include "storage.h"
#include "wipe.h"

namespace iotattest::esp32
{
namespace
{
constexpr char Partition[] = "iotattest"; // NVS keeps this pointer
bool is_mounted = false;

bool mount()
{
    nvs_sec_cfg_t keys = {};
    WipeAtEnd wiped(&keys, sizeof keys);
    const esp_partition_t* const place = nvs_keys_partition();
    return place != nullptr && nvs_flash_read_security_cfg(place, &keys) == ESP_OK && nvs_flash_secure_init_partition(Partition, &keys) == ESP_OK;
}
}

const char* storage_partition()
{
    is_mounted = is_mounted || mount();
    return is_mounted ? Partition : nullptr;
}
}
#endif
