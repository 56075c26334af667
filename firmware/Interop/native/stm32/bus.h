// Every access to memory-mapped hardware and flash goes through here, so that tests can put a chip of their own behind it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::stm32
{
std::uint32_t bus_load(std::uint32_t address);
void bus_store(std::uint32_t address, std::uint32_t value);
void bus_copy(std::uint32_t address, std::uint8_t* bytes, std::size_t count);

// All accesses before it are complete when it returns (DSB).
void bus_barrier();
}
