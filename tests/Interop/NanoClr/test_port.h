// A port for tests: three regions of memory, the last one not measured, an HMAC key, and what a test may set.
#pragma once

#include <array>
#include <cstdint>

namespace test
{
constexpr std::uint32_t ClrBytes = 0x1000;
constexpr std::uint32_t DeploymentBytes = 0x2000;
constexpr std::uint32_t MeasuredBytes = ClrBytes + DeploymentBytes;
constexpr std::uint32_t FlashBytes = MeasuredBytes + 0x1000;

extern std::array<std::uint8_t, FlashBytes> flash;
extern bool is_provisioned;
}
