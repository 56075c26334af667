#pragma once

#include <cstdint>
#include <string>

namespace iotattest::host
{
// The boot count of a board in a file: one decimal number, the form of the managed simulator's file of that name.
// Counts and makes the new count durable. False when the file holds anything else or cannot be replaced; the old one then stays: a
// board that counted from 1 again would look like a clone of itself.
bool count_boot(const std::string& path, std::uint64_t* count);
}
