// components/efuse/include/esp_efuse.h
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_efuse_chip.h"
#include "esp_err.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ESP_ERR_EFUSE_REPEATED_PROG (0x1600 + 0x03)

typedef struct
{
    esp_efuse_block_t efuse_block : 8;
    uint8_t bit_start;
    uint16_t bit_count;
} esp_efuse_desc_t;

esp_err_t esp_efuse_read_field_cnt(const esp_efuse_desc_t* field[], size_t* out_cnt);
esp_err_t esp_efuse_write_field_bit(const esp_efuse_desc_t* field[]);
esp_err_t esp_efuse_read_block(esp_efuse_block_t blk, void* dst_key, size_t offset_in_bits, size_t size_bits);
esp_err_t esp_efuse_write_block(esp_efuse_block_t blk, const void* src_key, size_t offset_in_bits, size_t size_bits);
esp_err_t esp_efuse_batch_write_begin(void);
esp_err_t esp_efuse_batch_write_cancel(void);
esp_err_t esp_efuse_batch_write_commit(void);
bool esp_efuse_get_key_dis_read(esp_efuse_block_t block);
esp_err_t esp_efuse_set_key_dis_read(esp_efuse_block_t block);
bool esp_efuse_get_key_dis_write(esp_efuse_block_t block);
esp_err_t esp_efuse_set_key_dis_write(esp_efuse_block_t block);
bool esp_efuse_key_block_unused(esp_efuse_block_t block);
bool esp_efuse_find_purpose(esp_efuse_purpose_t purpose, esp_efuse_block_t* block);
esp_efuse_purpose_t esp_efuse_get_key_purpose(esp_efuse_block_t block);
esp_err_t esp_efuse_set_key_purpose(esp_efuse_block_t block, esp_efuse_purpose_t purpose);
esp_err_t esp_efuse_set_keypurpose_dis_write(esp_efuse_block_t block);

#ifdef __cplusplus
}
#endif
