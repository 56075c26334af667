#include "interpreter_map.h"

#include "spi_flash_mmap.h" // components/spi_flash/include/spi_flash_mmap.h

// nf-interpreter, targets/ESP32/_common/Target_BlockStorage_ESP32FlashDriver.c: what esp_partition_mmap gave for the whole deployment
// partition when the block storage was initialised; assemblies are used in place from there.
extern "C" const void* esp32_flash_start_ptr;

namespace iotattest::esp32
{
std::uintptr_t mapped_deployment(std::uint32_t flash_offset, std::uint32_t length)
{
    const std::uint8_t* const first = static_cast<const std::uint8_t*>(esp32_flash_start_ptr);
    if (first == nullptr || length == 0)
    {
        return 0;
    }

    const bool is_there = spi_flash_cache2phys(first) == flash_offset && spi_flash_cache2phys(first + length - 1) == flash_offset + length - 1;
    return is_there ? reinterpret_cast<std::uintptr_t>(first) : 0;
}
}
