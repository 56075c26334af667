#include "flash_map.h"

#include <algorithm>
#include <iterator>

#include "chip.h"
#include "esp_flash.h"         // components/spi_flash/include/esp_flash.h
#include "esp_flash_encrypt.h" // components/bootloader_support/include/esp_flash_encrypt.h
#include "esp_ota_ops.h"       // components/app_update/include/esp_ota_ops.h
#include "interpreter_map.h"
#include "sdkconfig.h"

namespace iotattest::esp32
{
namespace
{
// nf-interpreter, targets/ESP32/_Include: ESP_PARTITION_SUBTYPE_DATA_NANOCLR.
constexpr esp_partition_subtype_t DeploymentSubtype = static_cast<esp_partition_subtype_t>(0x84);

constexpr std::uint32_t BootloaderOffset = CONFIG_BOOTLOADER_OFFSET_IN_FLASH; // components/bootloader/Kconfig.projbuild
constexpr std::uint32_t TableOffset = CONFIG_PARTITION_TABLE_OFFSET;          // components/partition_table/Kconfig.projbuild
constexpr std::uint32_t TableBytes = 0x1000;

static_assert(BootloaderOffset < TableOffset, "the boot loader lies in front of the partition table");

bool starts_on_block(bool encrypted, std::uint32_t offset)
{
    return !encrypted || offset % EncryptionBlockBytes == 0;
}

// The processor runs both through the flash cache, which decrypts all it maps once encryption is on, whatever the partition's flag says;
// esp_partition_read decrypts by the flag alone (components/esp_partition/partition_target.c). Without it evidence would state what never runs.
bool is_read_as_it_runs(const esp_partition_t* clr, const esp_partition_t* deployment)
{
    return clr->encrypted && deployment->encrypted;
}

// In development mode the boot ROM still encrypts for whoever holds the board, and the mode can be left: `encrypted` would promise too much.
bool is_encryption_settled()
{
    return HasInterpreterDebugger || esp_get_flash_encryption_mode() != ESP_FLASH_ENC_MODE_DEVELOPMENT;
}

bool read_partition(const esp_partition_t* partition, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    return view == View::Raw
        ? esp_partition_read_raw(partition, offset, bytes, count) == ESP_OK
        : esp_partition_read(partition, offset, bytes, count) == ESP_OK;
}

// Boot loader and partition table are encrypted whenever flash encryption is on, and belong to no partition. Null is the main flash chip.
bool read_flash(bool decrypted, std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    const std::uint32_t length = static_cast<std::uint32_t>(count);
    return decrypted
        ? esp_flash_read_encrypted(nullptr, address, bytes, length) == ESP_OK
        : esp_flash_read(nullptr, bytes, address, length) == ESP_OK;
}
}

bool FlashMap::load()
{
    if (is_loaded_)
    {
        return true;
    }

    const esp_partition_t* const clr = esp_ota_get_running_partition();
    const esp_partition_t* const deployment = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, DeploymentSubtype, nullptr);
    if (clr == nullptr || deployment == nullptr)
    {
        return false;
    }

    const bool encrypted = esp_flash_encryption_enabled();
    if (encrypted && !(is_read_as_it_runs(clr, deployment) && is_encryption_settled()))
    {
        return false;
    }

    places_[0] = {Name::Bootloader, encrypted, BootloaderOffset, TableOffset - BootloaderOffset, nullptr};
    places_[1] = {Name::Partitions, encrypted, TableOffset, TableBytes, nullptr};
    places_[2] = {Name::Clr, clr->encrypted, clr->address, clr->size, clr};
    places_[3] = {Name::Deployment, deployment->encrypted, deployment->address, deployment->size, deployment};
    is_loaded_ = std::all_of(std::begin(places_), std::end(places_), [](const Place& place) { return starts_on_block(place.encrypted, place.offset); });
    return is_loaded_;
}

bool FlashMap::region(std::size_t index, Region* region) const
{
    if (index >= count())
    {
        return false;
    }

    // Only the deployment is where assemblies may lie. The others get no address: an assembly there is refused, never trusted.
    const Place& place = places_[index];
    const std::uintptr_t address = place.name == Name::Deployment ? mapped_deployment(place.offset, place.length) : 0;
    *region = {place.name, place.encrypted, place.length, address};
    return true;
}

bool FlashMap::read(std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count) const
{
    if (index >= this->count())
    {
        return false;
    }

    const Place& place = places_[index];
    if (offset > place.length || count > place.length - offset)
    {
        return false;
    }

    return place.partition != nullptr
        ? read_partition(place.partition, view, offset, bytes, count)
        : read_flash(place.encrypted && view == View::Plain, place.offset + offset, bytes, count);
}

bool FlashMap::measures(std::uint32_t address, std::uint32_t count) const
{
    if (!is_loaded_)
    {
        return true;
    }

    // In 64 bits: neither end may wrap.
    const std::uint64_t end = static_cast<std::uint64_t>(address) + count;
    return std::any_of(std::begin(places_), std::end(places_), [&](const Place& place) {
        return address < static_cast<std::uint64_t>(place.offset) + place.length && place.offset < end;
    });
}
}
