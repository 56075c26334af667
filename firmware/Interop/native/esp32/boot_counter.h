#pragma once

#include <cstdint>

namespace iotattest::esp32
{
// Counts this boot; durable and read back before it returns true. False also where provisioning has not started a counter: one that
// began again at zero would look like a clone.
bool next_boot(std::uint64_t* count);
}
