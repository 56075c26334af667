// components/bootloader_support/include/esp_secure_boot.h; an inline function there.
#pragma once

#include <stdbool.h>

#ifdef __cplusplus
extern "C"
#endif
bool esp_secure_boot_enabled(void);
