// Flash, partitions, and the mapping that the interpreter's flash driver made.
#include <cstring>

#include "fake_chip.h"
#include "esp_flash.h"
#include "esp_flash_encrypt.h"
#include "esp_ota_ops.h"
#include "spi_flash_mmap.h"

extern "C"
{
const void* esp32_flash_start_ptr = nullptr;

const esp_partition_t* esp_partition_find_first(esp_partition_type_t type, esp_partition_subtype_t subtype, const char* label)
{
    for (const esp_partition_t& each : fake::chip().partitions)
    {
        if (each.type == type && each.subtype == subtype && (label == nullptr || std::strcmp(label, each.label) == 0))
        {
            return &each;
        }
    }

    return nullptr;
}

const esp_partition_t* esp_ota_get_running_partition(void)
{
    return fake::chip().running;
}

esp_err_t esp_partition_read_raw(const esp_partition_t* partition, size_t src_offset, void* dst, size_t size)
{
    const bool fits = src_offset <= partition->size && size <= partition->size - src_offset;
    return fits && fake::chip().flash.read(partition->address + src_offset, static_cast<std::uint8_t*>(dst), size) ? ESP_OK : ESP_ERR_INVALID_SIZE;
}

esp_err_t esp_partition_read(const esp_partition_t* partition, size_t src_offset, void* dst, size_t size)
{
    if (!partition->encrypted)
    {
        return esp_partition_read_raw(partition, src_offset, dst, size);
    }

    const bool fits = src_offset <= partition->size && size <= partition->size - src_offset;
    const std::uint32_t address = partition->address + static_cast<std::uint32_t>(src_offset);
    return fits && fake::read_decrypted(address, static_cast<std::uint8_t*>(dst), size) ? ESP_OK : ESP_ERR_INVALID_SIZE;
}

esp_err_t esp_flash_read(esp_flash_t*, void* buffer, uint32_t address, uint32_t length)
{
    return fake::chip().flash.read(address, static_cast<std::uint8_t*>(buffer), length) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_flash_read_encrypted(esp_flash_t*, uint32_t address, void* out_buffer, uint32_t length)
{
    return fake::read_decrypted(address, static_cast<std::uint8_t*>(out_buffer), length) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_flash_write(esp_flash_t*, const void* buffer, uint32_t address, uint32_t length)
{
    return fake::chip().flash.write(address, static_cast<const std::uint8_t*>(buffer), length) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_flash_write_encrypted(esp_flash_t*, uint32_t, const void*, uint32_t)
{
    return ESP_OK; // only that it was called matters here
}

esp_err_t esp_flash_erase_region(esp_flash_t*, uint32_t start, uint32_t len)
{
    const fake::Bytes erased(len, 0xFF);
    return fake::chip().flash.write(start, erased.data(), len) ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_flash_erase_chip(esp_flash_t*)
{
    return ESP_OK;
}

bool esp_flash_encryption_enabled(void)
{
    return fake::chip().flash_encryption != ESP_FLASH_ENC_MODE_DISABLED;
}

esp_flash_enc_mode_t esp_get_flash_encryption_mode(void)
{
    return static_cast<esp_flash_enc_mode_t>(fake::chip().flash_encryption);
}

size_t spi_flash_cache2phys(const void* cached)
{
    const fake::Chip& self = fake::chip();
    const auto address = reinterpret_cast<std::uintptr_t>(cached);
    const bool is_mapped = address >= self.map_address && address - self.map_address < self.map_length;
    return is_mapped ? self.map_offset + (address - self.map_address) : SPI_FLASH_CACHE2PHYS_FAIL;
}
}
