#pragma once

#include <cstdint>

namespace iotattest::esp32
{
// Where the interpreter sees the deployment: the mapping its own flash driver made. 0 when there is none, or when the MMU does not show
// exactly these bytes of flash there.
std::uintptr_t mapped_deployment(std::uint32_t flash_offset, std::uint32_t length);
}
