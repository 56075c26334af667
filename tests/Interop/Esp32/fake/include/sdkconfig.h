// Stands in for the generated sdkconfig.h. Offsets: components/bootloader/Kconfig.projbuild (0x1000 ESP32 and S2, 0x2000 P4 and C5, else 0)
// and components/partition_table/Kconfig.projbuild. FAKE_CHIP_* comes from the compiler's command line.
#pragma once

#define CONFIG_PARTITION_TABLE_OFFSET 0x8000
#define CONFIG_SECURE_BOOT_V2_ENABLED 1

#if FAKE_CHIP_ESP32
#define CONFIG_IDF_TARGET_ESP32 1
#define CONFIG_NVS_ENCRYPTION 1
#define CONFIG_BOOTLOADER_OFFSET_IN_FLASH 0x1000
#elif FAKE_CHIP_ESP32C3
#define CONFIG_BOOTLOADER_OFFSET_IN_FLASH 0x0
#elif FAKE_CHIP_ESP32C5
#define CONFIG_MBEDTLS_HARDWARE_ECDSA_SIGN 1
#define CONFIG_BOOTLOADER_OFFSET_IN_FLASH 0x2000
#elif FAKE_CHIP_ESP32C61
#define CONFIG_MBEDTLS_HARDWARE_ECDSA_SIGN 1
#define CONFIG_BOOTLOADER_OFFSET_IN_FLASH 0x0
#else
#error "name a chip"
#endif
