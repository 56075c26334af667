// components/efuse/<chip>/include/esp_efuse_chip.h
#pragma once

#if FAKE_CHIP_ESP32
typedef enum
{
    EFUSE_BLK0 = 0,
    EFUSE_BLK1 = 1,
    EFUSE_BLK2 = 2,
    EFUSE_BLK3 = 3,
    EFUSE_BLK_MAX = 4,
} esp_efuse_block_t;

typedef enum
{
    ESP_EFUSE_KEY_PURPOSE_USER = 0,
} esp_efuse_purpose_t;
#else
typedef enum
{
    EFUSE_BLK0 = 0,
    EFUSE_BLK_KEY0 = 4,
    EFUSE_BLK_KEY1 = 5,
    EFUSE_BLK_KEY2 = 6,
    EFUSE_BLK_KEY3 = 7,
    EFUSE_BLK_KEY4 = 8,
    EFUSE_BLK9 = 9,
    EFUSE_BLK_KEY5 = 9,
    EFUSE_BLK_KEY_MAX = 10,
    EFUSE_BLK_MAX = 11,
} esp_efuse_block_t;

typedef enum
{
    ESP_EFUSE_KEY_PURPOSE_USER = 0,
    ESP_EFUSE_KEY_PURPOSE_ECDSA_KEY = 1,
    ESP_EFUSE_KEY_PURPOSE_HMAC_DOWN_ALL = 5,
    ESP_EFUSE_KEY_PURPOSE_HMAC_DOWN_JTAG = 6,
    ESP_EFUSE_KEY_PURPOSE_HMAC_UP = 8,
    ESP_EFUSE_KEY_PURPOSE_MAX = 19,
} esp_efuse_purpose_t;
#endif
