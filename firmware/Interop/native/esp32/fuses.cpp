#include "fuses.h"

namespace iotattest::esp32
{
bool read_fuse(FusePart* fuse, bool* is_burned)
{
    std::size_t bits = 0;
    if (esp_efuse_read_field_cnt(fuse, &bits) != ESP_OK)
    {
        return false;
    }

    *is_burned = bits == fuse[0]->bit_count;
    return true;
}
}
