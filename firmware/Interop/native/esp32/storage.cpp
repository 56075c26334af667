#include "storage.h"

namespace iotattest::esp32
{
namespace
{
constexpr const char* Namespace = "iotattest";
}

bool Storage::open(nvs_open_mode_t mode)
{
    close();
    const char* const partition = storage_partition();
    is_open_ = partition != nullptr && nvs_open_from_partition(partition, Namespace, mode, &handle_) == ESP_OK;
    return is_open_;
}

void Storage::close()
{
    if (is_open_)
    {
        nvs_close(handle_);
        is_open_ = false;
    }
}

bool Storage::read(const char* key, std::uint8_t* bytes, std::size_t count) const
{
    std::size_t length = 0;
    return is_open_ && nvs_get_blob(handle_, key, nullptr, &length) == ESP_OK && length == count
        && nvs_get_blob(handle_, key, bytes, &length) == ESP_OK && length == count;
}

bool Storage::write(const char* key, const std::uint8_t* bytes, std::size_t count) const
{
    return is_open_ && nvs_set_blob(handle_, key, bytes, count) == ESP_OK;
}

bool Storage::read(const char* key, std::uint64_t* number) const
{
    return is_open_ && nvs_get_u64(handle_, key, number) == ESP_OK;
}

bool Storage::write(const char* key, std::uint64_t number) const
{
    return is_open_ && nvs_set_u64(handle_, key, number) == ESP_OK;
}

bool Storage::commit() const
{
    return is_open_ && nvs_commit(handle_) == ESP_OK;
}

bool has_blob(const char* key, bool* exists)
{
    const char* const partition = storage_partition();
    nvs_handle_t handle = 0;
    std::size_t length = 0;
    esp_err_t error = partition == nullptr ? ESP_FAIL : nvs_open_from_partition(partition, Namespace, NVS_READONLY, &handle);
    if (error == ESP_OK)
    {
        error = nvs_get_blob(handle, key, nullptr, &length);
        nvs_close(handle);
    }

    // The namespace does not exist before the first write to it: not found as well.
    *exists = error == ESP_OK;
    return error == ESP_OK || error == ESP_ERR_NVS_NOT_FOUND;
}
}
