// The chip that the fake ESP-IDF functions act on. What is durable lies in two files, so that a program that ends and starts again is a
// power cut: the flash file, and one with eFuses and NVS.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "esp_efuse.h"
#include "esp_partition.h"
#include "flash_file.h"
#include "hex.h"

namespace fake
{
using iotattest::host::Bytes;

struct KeyBlock
{
    Bytes data = Bytes(32);
    int purpose = 0;
    bool is_read_protected = false;
    bool is_write_protected = false;
    bool is_purpose_protected = false;
};

struct Chip
{
    static constexpr int FirstKeyBlock = 4;
    static constexpr int KeyBlocks = 6;

    // Durable.
    iotattest::host::FlashFile flash;
    std::map<std::string, unsigned> fuses; // burned bits by field
    std::array<KeyBlock, KeyBlocks> blocks;
    std::map<std::string, Bytes> nvs; // "partition/namespace/key"
    bool has_nvs_keys = false;

    // Of this run.
    std::string state_path;
    std::vector<esp_partition_t> partitions;
    const esp_partition_t* running = nullptr;
    Bytes keystream_key;
    int flash_encryption = 0;
    bool has_secure_boot = false;
    bool are_fuses_unreadable = false;
    bool is_nvs_eager = false; // a value is durable when it is set, else when it is committed
    bool is_noise_source_on = false;
    bool is_watchdog_subscribed = false;
    bool ends_on_delay = false;
    bool are_read_protections_stuck = false; // burning one has no effect
    int failing_nvs_writes = 0;
    std::uintptr_t map_address = 0;
    std::uint32_t map_offset = 0;
    std::uint32_t map_length = 0;
    unsigned delays = 0;
    unsigned feeds = 0;
    unsigned noise_draws = 0;
    int steps_to_cut = -1; // power goes at that many steps from now; never below 0
};

Chip& chip();

// Reads the durable state; a file that is absent is a new chip.
bool load(const std::string& path);

// One durable change: power may go before it and after it.
void change(const std::function<void()>& apply);

// The block at `address` of flash, decrypted; false outside of flash.
bool read_decrypted(std::uint32_t address, std::uint8_t* bytes, std::size_t count);

// What the processor sees through the interpreter's mapping: with flash encryption on the cache decrypts whatever it maps.
bool read_mapped(std::uint8_t* bytes, std::size_t count);

const std::string& name_of(const esp_efuse_desc_t* field);
KeyBlock* key_block(int block);
}
