// STM32F42x and F43x with 2 MB, which always are two banks. No board of the project uses it yet.
#pragma once

#include "registers.h"

namespace iotattest::stm32
{
constexpr std::uint32_t FlashBase = 0x08000000;
constexpr std::uint32_t FlashAlias = 0; // where flash is mapped at start
constexpr std::uint32_t FlashBytes = 0x200000;
constexpr unsigned SectorCount = 24;
constexpr bool HasDataCache = false; // the flash interface has one of its own, which sees programming but not erasing

// OPERR, WRPERR, PGAERR, PGPERR, PGSERR, RDERR.
constexpr std::uint32_t StatusErrors = 1U << 1 | 1U << 4 | 1U << 5 | 1U << 6 | 1U << 7 | 1U << 8;

constexpr unsigned BankSectors = 12;
constexpr std::uint32_t BankBytes = 0x100000;

// Offset from FlashBase: in each bank 4 of 16 KiB, 1 of 64 KiB, 7 of 128 KiB.
constexpr std::uint32_t sector_offset(unsigned sector)
{
    const unsigned index = sector % BankSectors;
    const std::uint32_t inside = index <= 4 ? index * 0x4000 : (index - 4) * 0x20000;
    return sector / BankSectors * BankBytes + inside;
}

// Numbers of the second bank start at 16.
constexpr std::uint32_t sector_code(unsigned sector)
{
    return sector < BankSectors ? sector : sector + 4;
}

constexpr bool has_expected_banks(std::uint32_t)
{
    return true;
}

constexpr std::uint32_t write_protection_register(unsigned sector)
{
    return sector < BankSectors ? FlashOptions : FlashOptions1;
}

constexpr std::uint32_t write_protection_bit(unsigned sector)
{
    return 1U << (OptionWrite + sector % BankSectors);
}

// Bit 31, SPRMOD, turns nWRP into PCROP, with the opposite sense.
constexpr bool is_write_protection(std::uint32_t options)
{
    return (options & 1U << 31) == 0;
}
}
