#pragma once

#include <atomic>

#include "esp_partition.h" // components/esp_partition/include/esp_partition.h
#include "ops.h"

namespace iotattest::esp32
{
// The measured regions: boot loader, partition table, the partition that nanoCLR runs from, and the deployment.
class FlashMap
{
public:
    constexpr FlashMap() = default;

    // Looks the partitions up once; later calls answer what the first success found. From the interpreter's thread only.
    bool load();

    // Valid after load. 0 or false where load failed.
    std::size_t count() const { return is_loaded_ ? RegionCount : 0; }
    bool region(std::size_t index, Region* region) const;
    bool read(std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count) const;

    // Whether flash at `address` is measured; true before load. From any thread.
    bool measures(std::uint32_t address, std::uint32_t count) const;

private:
    static constexpr std::size_t RegionCount = 4;

    struct Place
    {
        Name name;
        bool encrypted;
        std::uint32_t offset; // in flash
        std::uint32_t length;
        const esp_partition_t* partition; // null for what lies outside the partition table
    };

    Place places_[RegionCount] = {};
    std::atomic<bool> is_loaded_{false};
};
}
