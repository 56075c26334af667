#ifdef IOTATTEST_PROVISIONING
#include "chip.h"

#if !IOTATTEST_KEY_STORED
#include <algorithm>
#include <cstring>

#include "key_block.h"
#include "provisioning_port.h"
#include "wipe.h"

namespace iotattest::esp32
{
// The order decides what a power cut leaves: protection of what an earlier try left, key bits into a block that has no purpose yet, protection
// of that block, identity into NVS, and last the purpose, a single bit in either case. A block has the purpose if and only if all before it is
// done; a try that ends earlier costs one block of six. One batch for key bits and protection would not close the gap between them: ESP-IDF
// burns the blocks of a batch one after the other and block 0, which holds the protections, last (components/efuse/<chip>/esp_efuse_utility.c,
// esp_efuse_utility_burn_chip). It would only take away the chance to compare.
namespace
{
constexpr std::size_t KeyBits = 8 * DeviceKeyBytes;

static_assert((KeyPurpose & (KeyPurpose - 1)) == 0, "setting the purpose is one bit, so that it cannot be torn");

esp_efuse_block_t pending_block = EFUSE_BLK_KEY_MAX; // stored and protected in this run, without its purpose yet

bool find_free_block(esp_efuse_block_t* block)
{
    for (int i = EFUSE_BLK_KEY0; i < UsableKeyBlocksEnd; i++)
    {
        *block = static_cast<esp_efuse_block_t>(i);
        if (esp_efuse_key_block_unused(*block))
        {
            return true;
        }
    }

    return false;
}

// Secure boot write-protects the read protections of all blocks: a key burned after that would stay readable for ever.
bool can_read_protect()
{
    std::size_t bits = 1;
    return esp_efuse_read_field_cnt(ESP_EFUSE_WR_DIS_RD_DIS, &bits) == ESP_OK && bits == 0;
}

// Ends a batch: burns it when all of it could be prepared, drops it otherwise.
bool end_batch(bool is_prepared)
{
    if (!is_prepared)
    {
        static_cast<void>(esp_efuse_batch_write_cancel());
        return false;
    }

    return esp_efuse_batch_write_commit() == ESP_OK;
}

bool burn_key(esp_efuse_block_t block, const std::uint8_t* key)
{
    std::uint8_t kept[DeviceKeyBytes];
    WipeAtEnd wiped(kept, sizeof kept);
    return esp_efuse_batch_write_begin() == ESP_OK && end_batch(esp_efuse_write_block(block, key, 0, KeyBits) == ESP_OK)
        && esp_efuse_read_block(block, kept, 0, KeyBits) == ESP_OK && std::memcmp(key, kept, sizeof kept) == 0;
}

bool is_protected(esp_efuse_block_t block)
{
    return esp_efuse_get_key_dis_read(block) && esp_efuse_get_key_dis_write(block);
}

// Burns only what is missing: a pulse cut short may have left one of the two, and a burned bit is refused.
bool protect_block(esp_efuse_block_t block)
{
    return is_protected(block)
        || (esp_efuse_batch_write_begin() == ESP_OK
            && end_batch((esp_efuse_get_key_dis_read(block) || esp_efuse_set_key_dis_read(block) == ESP_OK)
                         && (esp_efuse_get_key_dis_write(block) || esp_efuse_set_key_dis_write(block) == ESP_OK))
            && is_protected(block));
}

// A block in use without a purpose may hold key bits of a try that ended before their protection; nothing says whose they are.
bool protect_left_overs()
{
    for (int i = EFUSE_BLK_KEY0; i < EFUSE_BLK_KEY_MAX; i++)
    {
        const esp_efuse_block_t block = static_cast<esp_efuse_block_t>(i);
        const bool is_left_over = esp_efuse_get_key_purpose(block) == ESP_EFUSE_KEY_PURPOSE_USER && !esp_efuse_key_block_unused(block);
        if (is_left_over && !protect_block(block))
        {
            return false;
        }
    }

    return true;
}

// Chips that let the ECDSA peripheral take its nonce from outside are told not to, as esp_efuse_write_key does.
#if SOC_EFUSE_ECDSA_USE_HARDWARE_K && IOTATTEST_KEY_ECDSA
bool fix_nonce_source()
{
    return esp_efuse_write_field_bit(ESP_EFUSE_ECDSA_FORCE_USE_HARDWARE_K) == ESP_OK;
}
#else
bool fix_nonce_source()
{
    return true;
}
#endif

bool give_purpose(esp_efuse_block_t block)
{
    return esp_efuse_batch_write_begin() == ESP_OK
        && end_batch(esp_efuse_set_key_purpose(block, KeyPurpose) == ESP_OK && esp_efuse_set_keypurpose_dis_write(block) == ESP_OK)
        && esp_efuse_get_key_purpose(block) == KeyPurpose;
}
}

bool is_provisioned(bool* provisioned)
{
    esp_efuse_block_t block = EFUSE_BLK_KEY_MAX;
    *provisioned = count_device_keys(&block) != 0;
    return true;
}

bool store_key_and_record(const std::uint8_t record[IdentityRecordBytes], const std::uint8_t key[DeviceKeyBytes])
{
    std::uint8_t burned[DeviceKeyBytes];
    WipeAtEnd wiped(burned, sizeof burned);
    std::copy_n(key, DeviceKeyBytes, burned);
    if (IsKeyReversed)
    {
        std::reverse(burned, burned + DeviceKeyBytes);
    }

    esp_efuse_block_t block = EFUSE_BLK_KEY_MAX;
    if (!can_read_protect() || !protect_left_overs() || !find_free_block(&block))
    {
        return false;
    }

    // Protected even where the bits do not read back: some of them may be there.
    const bool is_burned = burn_key(block, burned);
    if (!protect_block(block) || !is_burned || !store_record(record))
    {
        return false;
    }

    pending_block = block;
    return true;
}

bool lock_key()
{
    const esp_efuse_block_t block = pending_block;
    pending_block = EFUSE_BLK_KEY_MAX;
    return block != EFUSE_BLK_KEY_MAX && fix_nonce_source() && give_purpose(block);
}
}
#endif
#endif
