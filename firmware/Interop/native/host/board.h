#pragma once

#include <string>
#include <vector>

#include "device_key.h"
#include "flash_file.h"
#include "hex.h"
#include "ops.h"
#include "sha_stream.h"

namespace iotattest::host
{
// A board on a PC: what stands behind ops.h here, and what a test may set. Everything is what real ops would read from the chip.
struct Board
{
    struct Range
    {
        Region region;
        std::uint64_t offset; // in the flash file
    };

    // Where a processor would see the flash file mapped.
    static constexpr std::uintptr_t FlashAddress = 0x08000000;

    FlashFile flash;
    std::vector<Range> ranges;
    std::vector<Assembly> assemblies;
    DeviceKey key;
    mbedtls::ShaStream hash;
    Identity identity = {};
    std::string hardware_version;
    std::string software_name;
    std::string software_version;
    BootFacts facts = {Unknown, Unknown};
    Bytes fixed_seed; // in place of random bytes, so that two runs give the same evidence
    Bytes keystream_key;
    std::uint64_t boot_count = 0; // of the boot before
    std::uint64_t uptime = 0;
    std::uint32_t region_writes = 0;

    // Counts and writes, as the flash driver of a port does; false when it does not fit in flash.
    bool write(std::uint64_t offset, const Bytes& bytes);
};

// The table over `board`, which must outlive it.
Ops ops_of(Board* board);

bool name_of(const std::string& text, Name* name);
}
