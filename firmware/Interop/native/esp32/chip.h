// What differs between the chips, chosen once from what ESP-IDF says about them. Paths in comments are those of espressif/esp-idf, 5.5 line.
#pragma once

#include <cstdint>

#include "esp_efuse.h"     // components/efuse/include/esp_efuse.h
#include "esp_efuse_chip.h" // components/efuse/<chip>/include/esp_efuse_chip.h
#include "esp_efuse_table.h" // components/efuse/<chip>/include/esp_efuse_table.h
#include "ops.h"
#include "sdkconfig.h"
#include "soc/soc_caps.h" // components/soc/<chip>/include/soc/soc_caps.h

// One kind of key per firmware. HMAC comes first where a chip has both, IOTATTEST_PREFER_ECDSA turns that round.
#if SOC_ECDSA_SUPPORTED && (!SOC_HMAC_SUPPORTED || defined(IOTATTEST_PREFER_ECDSA))
#define IOTATTEST_KEY_ECDSA 1
#elif SOC_HMAC_SUPPORTED
#define IOTATTEST_KEY_HMAC 1
#else
#define IOTATTEST_KEY_STORED 1
#endif

#if IOTATTEST_KEY_ECDSA && !CONFIG_MBEDTLS_HARDWARE_ECDSA_SIGN
#error "seen: an ECDSA key in eFuse, but mbedTLS signs in software; set CONFIG_MBEDTLS_HARDWARE_ECDSA_SIGN=y"
#endif
#if IOTATTEST_KEY_STORED && !CONFIG_NVS_ENCRYPTION
#error "seen: a chip whose key lies in NVS, and NVS is not encrypted; set CONFIG_NVS_ENCRYPTION=y"
#endif
#if CONFIG_SECURE_BOOT_V1_ENABLED
#error "seen: secure boot version 1; board descriptions promise version 2, set CONFIG_SECURE_BOOT_V2_ENABLED=y"
#endif
#if CONFIG_EFUSE_VIRTUAL
#error "seen: eFuses in RAM; evidence would state what no fuse holds, set CONFIG_EFUSE_VIRTUAL=n"
#endif

namespace iotattest::esp32
{
#if IOTATTEST_KEY_ECDSA
constexpr Algorithm KeyAlgorithm = Algorithm::Es256;
#else
constexpr Algorithm KeyAlgorithm = Algorithm::Hmac256;
#endif

#if IOTATTEST_KEY_ECDSA
constexpr esp_efuse_purpose_t KeyPurpose = ESP_EFUSE_KEY_PURPOSE_ECDSA_KEY;
constexpr bool IsKeyReversed = true; // esp_efuse_chip.h: "Expected in little endian order"
#elif IOTATTEST_KEY_HMAC
constexpr esp_efuse_purpose_t KeyPurpose = ESP_EFUSE_KEY_PURPOSE_HMAC_UP;
constexpr bool IsKeyReversed = false;
#endif

// esp_efuse_api_key.c: on some chips block 9 can hold no ECDSA key.
#if SOC_EFUSE_BLOCK9_KEY_PURPOSE_QUIRK && IOTATTEST_KEY_ECDSA
constexpr int UsableKeyBlocksEnd = EFUSE_BLK9;
#elif !IOTATTEST_KEY_STORED
constexpr int UsableKeyBlocksEnd = EFUSE_BLK_KEY_MAX;
#endif

// The interpreter's debugger over the serial link is a debug facility too (RFC 9711 section 4.2.9). nanoclr/closed_build.h: CONFIG_NF_BUILD_RTM
// becomes BUILD_RTM; a build that shows neither here counts as open.
#if defined(BUILD_RTM) || defined(CONFIG_NF_BUILD_RTM)
constexpr bool HasInterpreterDebugger = false;
#else
constexpr bool HasInterpreterDebugger = true;
#endif
}
