#include "key_block.h"

#if !IOTATTEST_KEY_STORED
namespace iotattest::esp32
{
int count_device_keys(esp_efuse_block_t* last)
{
    int count = 0;
    for (int i = EFUSE_BLK_KEY0; i < EFUSE_BLK_KEY_MAX; i++)
    {
        const esp_efuse_block_t block = static_cast<esp_efuse_block_t>(i);
        if (esp_efuse_get_key_purpose(block) == KeyPurpose)
        {
            *last = block;
            count++;
        }
    }

    return count;
}

bool find_device_key(esp_efuse_block_t* block)
{
    return count_device_keys(block) == 1 && esp_efuse_get_key_dis_read(*block);
}
}
#endif
