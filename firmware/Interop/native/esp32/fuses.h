// The fuses that decide oemboot and dbgstat, per chip: components/bootloader_support/src/secure_boot.c reads the same ones in
// esp_secure_boot_cfg_verify_release_mode.
#pragma once

#include "chip.h"

namespace iotattest::esp32
{
// The eFuse table declares a field as an array of these, ended by null.
using FusePart = const esp_efuse_desc_t*;

// Each of these burned: JTAG is off for ever, on pads and on USB.
inline constexpr FusePart* PermanentJtagFuses[] = {
#if CONFIG_IDF_TARGET_ESP32
    ESP_EFUSE_DISABLE_JTAG,
#endif
#if SOC_EFUSE_HARD_DIS_JTAG
    ESP_EFUSE_HARD_DIS_JTAG,
#endif
#if SOC_EFUSE_DIS_PAD_JTAG
    ESP_EFUSE_DIS_PAD_JTAG,
#endif
#if SOC_EFUSE_DIS_USB_JTAG
    ESP_EFUSE_DIS_USB_JTAG,
#endif
};

// Serial download, in which the ROM reads and writes memory for whoever is connected.
#if CONFIG_IDF_TARGET_ESP32
inline constexpr FusePart* NoDownloadFuse = ESP_EFUSE_UART_DOWNLOAD_DIS;
#else
inline constexpr FusePart* NoDownloadFuse = ESP_EFUSE_DIS_DOWNLOAD_MODE;
#endif

// Whether every bit of the field is burned; false when it cannot be read.
bool read_fuse(FusePart* fuse, bool* is_burned);
}
