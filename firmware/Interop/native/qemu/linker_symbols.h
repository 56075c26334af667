// What link.ld says of memory; only the addresses of these mean anything.
#pragma once

#include <cstdint>

extern "C"
{
extern const std::uint8_t bootloader_start[];
extern const std::uint8_t bootloader_end[];
extern const std::uint8_t identity_start[];
extern const std::uint8_t clr_start[];
extern const std::uint8_t clr_end[];
extern const std::uint8_t deployment_start[];
extern const std::uint8_t deployment_end[];
extern const std::uint32_t data_load[];
extern std::uint32_t data_start[];
extern std::uint32_t data_end[];
extern std::uint32_t bss_start[];
extern std::uint32_t bss_end[];
extern std::uint8_t stack_limit[];
extern std::uint8_t stack_top[];
}
