// components/soc/<chip>/include/soc/soc_caps.h: the few that the port asks for.
#pragma once

#if FAKE_CHIP_ESP32C3
#define SOC_HMAC_SUPPORTED 1
#define SOC_EFUSE_DIS_PAD_JTAG 1
#define SOC_EFUSE_DIS_USB_JTAG 1
#define SOC_EFUSE_SOFT_DIS_JTAG 1
#define SOC_EFUSE_BLOCK9_KEY_PURPOSE_QUIRK 1
#elif FAKE_CHIP_ESP32C5
#define SOC_HMAC_SUPPORTED 1
#define SOC_ECDSA_SUPPORTED 1
#define SOC_EFUSE_DIS_PAD_JTAG 1
#define SOC_EFUSE_DIS_USB_JTAG 1
#define SOC_EFUSE_SOFT_DIS_JTAG 1
#elif FAKE_CHIP_ESP32C61
#define SOC_ECDSA_SUPPORTED 1
#define SOC_EFUSE_DIS_PAD_JTAG 1
#define SOC_EFUSE_DIS_USB_JTAG 1
#define SOC_EFUSE_SOFT_DIS_JTAG 0
#define SOC_EFUSE_BLOCK9_KEY_PURPOSE_QUIRK 1 // not confirmed for this chip; here so that the rule is exercised
#endif
