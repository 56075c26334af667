// eFuses: fields of block 0, and key blocks with purpose and protection. Written values show after the batch is committed, a block takes one
// write, a read-protected block reads as zero, and a read protection that is itself protected cannot be set any more.
#include <algorithm>
#include <vector>

#include "fake_chip.h"
#include "esp_efuse_table.h"

namespace
{
using Change = std::function<void()>;

std::vector<Change> pending;
bool is_batch = false;

// The name in the fake's state is the field's own.
#define FIELD(NAME, ID, BITS)                                                        \
    static const esp_efuse_desc_t NAME##_PART = {EFUSE_BLK0, ID, BITS};              \
    const esp_efuse_desc_t* ESP_EFUSE_##NAME[] = {&NAME##_PART, nullptr};

extern "C"
{
#if FAKE_CHIP_ESP32
FIELD(JTAG_DISABLE, 0, 1)
FIELD(UART_DOWNLOAD_DIS, 1, 1)
#else
FIELD(WR_DIS_RD_DIS, 2, 1)
FIELD(DIS_PAD_JTAG, 3, 1)
FIELD(DIS_USB_JTAG, 4, 1)
FIELD(SOFT_DIS_JTAG, 5, 3)
FIELD(DIS_DOWNLOAD_MODE, 6, 1)
#endif
}

const std::string Names[] = {"JTAG_DISABLE", "UART_DOWNLOAD_DIS", "WR_DIS_RD_DIS", "DIS_PAD_JTAG", "DIS_USB_JTAG", "SOFT_DIS_JTAG", "DIS_DOWNLOAD_MODE"};

esp_err_t burn(const Change& change)
{
    if (is_batch)
    {
        pending.push_back(change);
    }
    else
    {
        fake::change(change);
    }

    return ESP_OK;
}
}

const std::string& fake::name_of(const esp_efuse_desc_t* field)
{
    return Names[field->bit_start];
}

extern "C"
{
esp_err_t esp_efuse_read_field_cnt(const esp_efuse_desc_t* field[], size_t* out_cnt)
{
    *out_cnt = fake::chip().fuses[fake::name_of(field[0])];
    return fake::chip().are_fuses_unreadable ? ESP_ERR_INVALID_ARG : ESP_OK;
}

esp_err_t esp_efuse_write_field_bit(const esp_efuse_desc_t* field[])
{
    const std::string name = fake::name_of(field[0]);
    return burn([name] { fake::chip().fuses[name] = 1; });
}

#if !FAKE_CHIP_ESP32
esp_err_t esp_efuse_read_block(esp_efuse_block_t blk, void* dst_key, size_t offset_in_bits, size_t size_bits)
{
    const fake::KeyBlock* block = fake::key_block(blk);
    if (block == nullptr || offset_in_bits != 0 || size_bits > 256)
    {
        return ESP_ERR_INVALID_ARG;
    }

    auto* bytes = static_cast<std::uint8_t*>(dst_key);
    std::fill_n(bytes, size_bits / 8, std::uint8_t(0));
    if (!block->is_read_protected)
    {
        std::copy_n(block->data.begin(), size_bits / 8, bytes);
    }

    return ESP_OK;
}

esp_err_t esp_efuse_write_block(esp_efuse_block_t blk, const void* src_key, size_t offset_in_bits, size_t size_bits)
{
    fake::KeyBlock* block = fake::key_block(blk);
    if (block == nullptr || offset_in_bits != 0 || size_bits != 256)
    {
        return ESP_ERR_INVALID_ARG;
    }

    if (block->is_write_protected || block->data != fake::Bytes(32))
    {
        return ESP_ERR_EFUSE_REPEATED_PROG;
    }

    const auto* bytes = static_cast<const std::uint8_t*>(src_key);
    const fake::Bytes data(bytes, bytes + 32);
    return burn([block, data] { block->data = data; });
}

esp_err_t esp_efuse_batch_write_begin(void)
{
    is_batch = true;
    return ESP_OK;
}

esp_err_t esp_efuse_batch_write_cancel(void)
{
    pending.clear();
    is_batch = false;
    return ESP_OK;
}

// What one batch burns in block 0 goes in one pulse.
esp_err_t esp_efuse_batch_write_commit(void)
{
    if (!is_batch)
    {
        return ESP_ERR_INVALID_STATE;
    }

    is_batch = false;
    fake::change([] { std::for_each(pending.begin(), pending.end(), [](const Change& each) { each(); }); });
    pending.clear();
    return ESP_OK;
}

bool esp_efuse_get_key_dis_read(esp_efuse_block_t block)
{
    return fake::key_block(block)->is_read_protected;
}

esp_err_t esp_efuse_set_key_dis_read(esp_efuse_block_t block)
{
    if (fake::key_block(block)->is_read_protected)
    {
        return ESP_ERR_EFUSE_REPEATED_PROG;
    }

    return burn([block] {
        fake::key_block(block)->is_read_protected = fake::chip().fuses["WR_DIS_RD_DIS"] == 0 && !fake::chip().are_read_protections_stuck;
    });
}

bool esp_efuse_get_key_dis_write(esp_efuse_block_t block)
{
    return fake::key_block(block)->is_write_protected;
}

esp_err_t esp_efuse_set_key_dis_write(esp_efuse_block_t block)
{
    if (fake::key_block(block)->is_write_protected)
    {
        return ESP_ERR_EFUSE_REPEATED_PROG;
    }

    return burn([block] { fake::key_block(block)->is_write_protected = true; });
}

bool esp_efuse_key_block_unused(esp_efuse_block_t block)
{
    const fake::KeyBlock* self = fake::key_block(block);
    return self != nullptr && self->purpose == ESP_EFUSE_KEY_PURPOSE_USER && !self->is_purpose_protected && !self->is_read_protected
        && !self->is_write_protected && self->data == fake::Bytes(32);
}

esp_efuse_purpose_t esp_efuse_get_key_purpose(esp_efuse_block_t block)
{
    const fake::KeyBlock* self = fake::key_block(block);
    return self == nullptr ? ESP_EFUSE_KEY_PURPOSE_MAX : static_cast<esp_efuse_purpose_t>(self->purpose);
}

bool esp_efuse_find_purpose(esp_efuse_purpose_t purpose, esp_efuse_block_t* block)
{
    for (int i = EFUSE_BLK_KEY0; i < EFUSE_BLK_KEY_MAX; i++)
    {
        if (fake::key_block(i)->purpose == purpose)
        {
            if (block != nullptr)
            {
                *block = static_cast<esp_efuse_block_t>(i);
            }

            return true;
        }
    }

    return false;
}

esp_err_t esp_efuse_set_key_purpose(esp_efuse_block_t block, esp_efuse_purpose_t purpose)
{
    if (fake::key_block(block)->is_purpose_protected)
    {
        return ESP_ERR_EFUSE_REPEATED_PROG;
    }

    return burn([block, purpose] { fake::key_block(block)->purpose |= purpose; });
}

esp_err_t esp_efuse_set_keypurpose_dis_write(esp_efuse_block_t block)
{
    return burn([block] { fake::key_block(block)->is_purpose_protected = true; });
}
#endif
}
