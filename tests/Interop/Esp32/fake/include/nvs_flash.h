// components/nvs_flash/include/nvs_flash.h
#pragma once

#include "esp_partition.h"
#include "nvs.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define NVS_KEY_SIZE 32

typedef struct
{
    uint8_t eky[NVS_KEY_SIZE];
    uint8_t tky[NVS_KEY_SIZE];
} nvs_sec_cfg_t;

esp_err_t nvs_flash_secure_init_partition(const char* partition_label, nvs_sec_cfg_t* cfg);
esp_err_t nvs_flash_generate_keys(const esp_partition_t* partition, nvs_sec_cfg_t* cfg);
esp_err_t nvs_flash_read_security_cfg(const esp_partition_t* partition, nvs_sec_cfg_t* cfg);

#ifdef __cplusplus
}
#endif
