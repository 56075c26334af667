#include "bus.h"

#include <cstring>

namespace iotattest::stm32
{
std::uint32_t bus_load(std::uint32_t address)
{
    return *reinterpret_cast<const volatile std::uint32_t*>(static_cast<std::uintptr_t>(address));
}

void bus_store(std::uint32_t address, std::uint32_t value)
{
    *reinterpret_cast<volatile std::uint32_t*>(static_cast<std::uintptr_t>(address)) = value;
}

void bus_copy(std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    std::memcpy(bytes, reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address)), count);
}

void bus_barrier()
{
    __asm__ __volatile__("dsb 0xF" : : : "memory");
}
}
