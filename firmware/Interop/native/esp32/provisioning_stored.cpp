#ifdef IOTATTEST_PROVISIONING
#include "chip.h"

#if IOTATTEST_KEY_STORED
#include <cstring>

#include "nvs_flash.h"
#include "nvs_keys.h"
#include "provisioning_port.h"
#include "storage.h"
#include "wipe.h"

namespace iotattest::esp32
{
namespace
{
// nvs_flash_init makes these keys too when it finds none; whichever comes first.
bool make_nvs_keys()
{
    nvs_sec_cfg_t keys = {};
    WipeAtEnd wiped(&keys, sizeof keys);
    const esp_partition_t* const place = nvs_keys_partition();
    if (place == nullptr)
    {
        return false;
    }

    const esp_err_t error = nvs_flash_read_security_cfg(place, &keys);
    return error == ESP_OK || (error == ESP_ERR_NVS_KEYS_NOT_INITIALIZED && nvs_flash_generate_keys(place, &keys) == ESP_OK);
}

bool store_key(const std::uint8_t key[DeviceKeyBytes])
{
    std::uint8_t kept[DeviceKeyBytes];
    WipeAtEnd wiped(kept, sizeof kept);
    Storage storage;
    return storage.open(NVS_READWRITE) && storage.write(SecretKey, key, DeviceKeyBytes) && storage.commit() && storage.open(NVS_READONLY)
        && storage.read(SecretKey, kept, sizeof kept) && std::memcmp(key, kept, sizeof kept) == 0;
}
}

// The identity is written last: where it is, key and counter are too.
bool is_provisioned(bool* provisioned)
{
    return make_nvs_keys() && has_blob(IdentityKey, provisioned);
}

bool store_key_and_record(const std::uint8_t record[IdentityRecordBytes], const std::uint8_t key[DeviceKeyBytes])
{
    return store_key(key) && store_record(record);
}

// Flash encryption in release mode is the lock; storage opens nowhere else, and a mounted one is asked again.
bool lock_key()
{
    return nvs_keys_partition() != nullptr;
}
}
#endif
#endif
