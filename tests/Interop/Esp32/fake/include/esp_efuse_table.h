// components/efuse/<chip>/include/esp_efuse_table.h
#pragma once

#include "esp_efuse.h"

#ifdef __cplusplus
extern "C"
{
#endif

#if FAKE_CHIP_ESP32
extern const esp_efuse_desc_t* ESP_EFUSE_JTAG_DISABLE[];
#define ESP_EFUSE_DISABLE_JTAG ESP_EFUSE_JTAG_DISABLE
extern const esp_efuse_desc_t* ESP_EFUSE_UART_DOWNLOAD_DIS[];
#else
extern const esp_efuse_desc_t* ESP_EFUSE_WR_DIS_RD_DIS[];
extern const esp_efuse_desc_t* ESP_EFUSE_DIS_PAD_JTAG[];
extern const esp_efuse_desc_t* ESP_EFUSE_DIS_USB_JTAG[];
extern const esp_efuse_desc_t* ESP_EFUSE_SOFT_DIS_JTAG[];
extern const esp_efuse_desc_t* ESP_EFUSE_DIS_DOWNLOAD_MODE[];
#endif

#ifdef __cplusplus
}
#endif
