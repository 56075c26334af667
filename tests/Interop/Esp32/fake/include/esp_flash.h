// components/spi_flash/include/esp_flash.h
#pragma once

#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct esp_flash_t esp_flash_t;

esp_err_t esp_flash_read(esp_flash_t* chip, void* buffer, uint32_t address, uint32_t length);
esp_err_t esp_flash_read_encrypted(esp_flash_t* chip, uint32_t address, void* out_buffer, uint32_t length);
esp_err_t esp_flash_write(esp_flash_t* chip, const void* buffer, uint32_t address, uint32_t length);
esp_err_t esp_flash_write_encrypted(esp_flash_t* chip, uint32_t address, const void* buffer, uint32_t length);
esp_err_t esp_flash_erase_region(esp_flash_t* chip, uint32_t start, uint32_t len);
esp_err_t esp_flash_erase_chip(esp_flash_t* chip);

#ifdef __cplusplus
}
#endif
