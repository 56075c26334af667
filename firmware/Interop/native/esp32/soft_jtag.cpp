#include "soft_jtag.h"

#include "fuses.h"

namespace iotattest::esp32
{
#if SOC_EFUSE_SOFT_DIS_JTAG
bool read_soft_jtag(bool* is_off)
{
    return read_fuse(ESP_EFUSE_SOFT_DIS_JTAG, is_off);
}

bool has_jtag_key()
{
    return esp_efuse_find_purpose(ESP_EFUSE_KEY_PURPOSE_HMAC_DOWN_JTAG, nullptr) || esp_efuse_find_purpose(ESP_EFUSE_KEY_PURPOSE_HMAC_DOWN_ALL, nullptr);
}
#else
bool read_soft_jtag(bool* is_off)
{
    *is_off = false;
    return true;
}

bool has_jtag_key()
{
    return false;
}
#endif
}
