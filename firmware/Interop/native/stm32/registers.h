// Addresses and bits that F4 and F7 share (CMSIS device headers stm32f769xx.h and stm32f429xx.h, ARMv7-M for the core).
#pragma once

#include <cstdint>

namespace iotattest::stm32
{
constexpr std::uint32_t FlashKey = 0x40023C04;
constexpr std::uint32_t FlashOptionKey = 0x40023C08;
constexpr std::uint32_t FlashStatus = 0x40023C0C;
constexpr std::uint32_t FlashControl = 0x40023C10;
constexpr std::uint32_t FlashOptions = 0x40023C14;  // OPTCR
constexpr std::uint32_t FlashOptions1 = 0x40023C18; // OPTCR1

constexpr std::uint32_t Key1 = 0x45670123;
constexpr std::uint32_t Key2 = 0xCDEF89AB;
constexpr std::uint32_t OptionKey1 = 0x08192A3B;
constexpr std::uint32_t OptionKey2 = 0x4C5D6E7F;

constexpr std::uint32_t StatusEnd = 1U << 0;
constexpr std::uint32_t StatusBusy = 1U << 16;

constexpr std::uint32_t ControlProgram = 1U << 0;
constexpr std::uint32_t ControlErase = 1U << 1;
constexpr unsigned ControlSector = 3;
constexpr std::uint32_t ControlWord = 2U << 8; // 32 bits at once: needs 2.7 V to 3.6 V
constexpr std::uint32_t ControlStart = 1U << 16;
constexpr std::uint32_t ControlLock = 1U << 31;

constexpr std::uint32_t OptionLock = 1U << 0;
constexpr std::uint32_t OptionStart = 1U << 1;
constexpr unsigned OptionProtection = 8; // RDP, 8 bits
constexpr unsigned OptionWrite = 16;     // nWRP, 12 bits, 0 protects

constexpr std::uint32_t RandomControl = 0x50060800;
constexpr std::uint32_t RandomStatus = 0x50060804;
constexpr std::uint32_t RandomData = 0x50060808;

constexpr std::uint32_t RandomEnable = 1U << 2;
constexpr std::uint32_t RandomReady = 1U << 0;
constexpr std::uint32_t RandomFaults = 1U << 1 | 1U << 2 | 1U << 5 | 1U << 6; // clock and seed errors, now and since they were last cleared

constexpr std::uint32_t DropDataLine = 0xE000EF5C; // DCIMVAC: invalidates one line of the data cache by address
constexpr std::uint32_t DataLineBytes = 32;
}
