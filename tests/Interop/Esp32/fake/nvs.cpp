// NVS: named partitions, values that are set and then committed. Where power goes in between, the new value is there (eager) or not (lazy):
// the real one gives no promise before nvs_commit, so both must do.
#include <algorithm>
#include <cstring>
#include <set>

#include "fake_chip.h"
#include "nvs_flash.h"

namespace
{
struct Handle
{
    std::string prefix;
    bool can_write;
    std::map<std::string, fake::Bytes> pending;
};

std::map<nvs_handle_t, Handle> handles;
nvs_handle_t next_handle = 1;
std::set<std::string> mounted = {"nvs"}; // app_main does that one

Handle* find(nvs_handle_t handle)
{
    const auto found = handles.find(handle);
    return found == handles.end() ? nullptr : &found->second;
}

esp_err_t set(nvs_handle_t handle, const char* key, const void* value, std::size_t length)
{
    Handle* self = find(handle);
    if (self == nullptr || !self->can_write)
    {
        return self == nullptr ? ESP_ERR_NVS_INVALID_HANDLE : ESP_ERR_NVS_READ_ONLY;
    }

    if (fake::chip().failing_nvs_writes > 0)
    {
        fake::chip().failing_nvs_writes--;
        return ESP_FAIL;
    }

    const auto* bytes = static_cast<const std::uint8_t*>(value);
    const std::string name = self->prefix + key;
    const fake::Bytes data(bytes, bytes + length);
    fake::change([&] { (fake::chip().is_nvs_eager ? fake::chip().nvs : self->pending)[name] = data; });
    return ESP_OK;
}

esp_err_t get(nvs_handle_t handle, const char* key, const fake::Bytes** value)
{
    const Handle* self = find(handle);
    if (self == nullptr)
    {
        return ESP_ERR_NVS_INVALID_HANDLE;
    }

    const auto found = fake::chip().nvs.find(self->prefix + key);
    if (found == fake::chip().nvs.end())
    {
        return ESP_ERR_NVS_NOT_FOUND;
    }

    *value = &found->second;
    return ESP_OK;
}
}

extern "C"
{
esp_err_t nvs_open_from_partition(const char* part_name, const char* namespace_name, nvs_open_mode_t open_mode, nvs_handle_t* out_handle)
{
    const std::string prefix = std::string(part_name) + '/' + namespace_name + '/';
    if (mounted.count(part_name) == 0)
    {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }

    const auto& values = fake::chip().nvs;
    const auto has_prefix = [&](const auto& each) { return each.first.rfind(prefix, 0) == 0; };
    if (open_mode == NVS_READONLY && std::none_of(values.begin(), values.end(), has_prefix))
    {
        return ESP_ERR_NVS_NOT_FOUND;
    }

    *out_handle = next_handle++;
    handles[*out_handle] = {prefix, open_mode == NVS_READWRITE, {}};
    return ESP_OK;
}

esp_err_t nvs_set_u64(nvs_handle_t handle, const char* key, uint64_t value)
{
    return set(handle, key, &value, sizeof value);
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char* key, const void* value, size_t length)
{
    return set(handle, key, value, length);
}

esp_err_t nvs_get_u64(nvs_handle_t handle, const char* key, uint64_t* out_value)
{
    const fake::Bytes* value = nullptr;
    const esp_err_t error = get(handle, key, &value);
    if (error == ESP_OK)
    {
        std::memcpy(out_value, value->data(), sizeof *out_value);
    }

    return error;
}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char* key, void* out_value, size_t* length)
{
    const fake::Bytes* value = nullptr;
    const esp_err_t error = get(handle, key, &value);
    if (error != ESP_OK)
    {
        return error;
    }

    if (out_value != nullptr)
    {
        if (*length < value->size())
        {
            return ESP_ERR_NVS_INVALID_LENGTH;
        }

        std::copy(value->begin(), value->end(), static_cast<std::uint8_t*>(out_value));
    }

    *length = value->size();
    return ESP_OK;
}

esp_err_t nvs_commit(nvs_handle_t handle)
{
    Handle* self = find(handle);
    if (self == nullptr)
    {
        return ESP_ERR_NVS_INVALID_HANDLE;
    }

    fake::change([&] {
        for (const auto& [name, value] : self->pending)
        {
            fake::chip().nvs[name] = value;
        }
    });
    self->pending.clear();
    return ESP_OK;
}

void nvs_close(nvs_handle_t handle)
{
    handles.erase(handle);
}

esp_err_t nvs_flash_secure_init_partition(const char* partition_label, nvs_sec_cfg_t* cfg)
{
    const auto& partitions = fake::chip().partitions;
    const auto is_named = [&](const esp_partition_t& each) { return std::strcmp(each.label, partition_label) == 0; };
    if (cfg == nullptr || std::none_of(partitions.begin(), partitions.end(), is_named))
    {
        return ESP_ERR_NOT_FOUND;
    }

    mounted.insert(partition_label);
    return ESP_OK;
}

esp_err_t nvs_flash_generate_keys(const esp_partition_t*, nvs_sec_cfg_t*)
{
    fake::change([] { fake::chip().has_nvs_keys = true; });
    return ESP_OK;
}

esp_err_t nvs_flash_read_security_cfg(const esp_partition_t*, nvs_sec_cfg_t*)
{
    return fake::chip().has_nvs_keys ? ESP_OK : ESP_ERR_NVS_KEYS_NOT_INITIALIZED;
}
}
