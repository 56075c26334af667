#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace iotattest::host
{
using Bytes = std::vector<std::uint8_t>;

// False unless `text` is pairs of hex digits; empty text is no bytes.
bool from_hex(const std::string& text, Bytes* bytes);

// False unless `text` is exactly `count` bytes in hex.
bool from_hex(const std::string& text, std::uint8_t* bytes, std::size_t count);

std::string to_hex(const std::uint8_t* bytes, std::size_t count);

// A number in decimal, or in hex after 0x; false when anything else stands there or it passes `max`.
bool to_number(const std::string& text, std::uint64_t max, std::uint64_t* number);

// The words of a line, parted by spaces.
std::vector<std::string> words_of(const std::string& line);
}
