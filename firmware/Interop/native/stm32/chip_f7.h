// STM32F76x and F77x with 2 MB in one bank (option bit nDBANK is 1, as the chips are delivered and as the maps of nanoFramework assume).
#pragma once

#include "registers.h"

namespace iotattest::stm32
{
constexpr std::uint32_t FlashBase = 0x08000000;
constexpr std::uint32_t FlashAlias = 0x00200000; // the same flash on the ITCM bus
constexpr std::uint32_t FlashBytes = 0x200000;
constexpr unsigned SectorCount = 12;
constexpr bool HasDataCache = true; // ChibiOS turns it on (crt1.c, __cpu_init)

// OPERR, WRPERR, PGAERR, PGPERR, ERSERR.
constexpr std::uint32_t StatusErrors = 1U << 1 | 1U << 4 | 1U << 5 | 1U << 6 | 1U << 7;

// Offset from FlashBase: 4 of 32 KiB, 1 of 128 KiB, 7 of 256 KiB. `sector` is 0 to SectorCount, the last being the end.
constexpr std::uint32_t sector_offset(unsigned sector)
{
    return sector <= 4 ? sector * 0x8000 : (sector - 4) * 0x40000;
}

constexpr std::uint32_t sector_code(unsigned sector)
{
    return sector;
}

// With two banks sectors have other numbers and lengths: an erase would hit another one.
constexpr bool has_expected_banks(std::uint32_t options)
{
    return (options & 1U << 29) != 0;
}

constexpr std::uint32_t write_protection_register(unsigned)
{
    return FlashOptions;
}

constexpr std::uint32_t write_protection_bit(unsigned sector)
{
    return 1U << (OptionWrite + sector);
}

// nWRP protects against writing and nothing else; there is no PCROP.
constexpr bool is_write_protection(std::uint32_t)
{
    return true;
}
}
