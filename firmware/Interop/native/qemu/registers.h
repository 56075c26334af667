// Access to the processor and its devices.
#pragma once

#include <cstdint>

namespace iotattest::qemu
{
template <std::uintptr_t Address>
inline volatile std::uint32_t& hardware_register()
{
    return *reinterpret_cast<volatile std::uint32_t*>(Address);
}

inline void disable_interrupts()
{
    __asm__ volatile("cpsid i" ::: "memory");
}

inline void enable_interrupts()
{
    __asm__ volatile("cpsie i\n\tisb" ::: "memory");
}

// Returns when an interrupt is pending, also while they are disabled (ARMv7-M, section B1.5.19).
inline void wait_for_interrupt()
{
    __asm__ volatile("wfi" ::: "memory");
}
}
