#include "hex.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace iotattest::host
{
bool from_hex(const std::string& text, Bytes* bytes)
{
    bytes->clear();
    if (text.size() % 2 != 0)
    {
        return false;
    }

    for (std::size_t i = 0; i < text.size(); i += 2)
    {
        std::uint8_t value = 0;
        const char* end = text.data() + i + 2;
        const auto read = std::from_chars(text.data() + i, end, value, 16);
        if (read.ec != std::errc() || read.ptr != end)
        {
            return false;
        }

        bytes->push_back(value);
    }

    return true;
}

bool from_hex(const std::string& text, std::uint8_t* bytes, std::size_t count)
{
    Bytes read;
    if (!from_hex(text, &read) || read.size() != count)
    {
        return false;
    }

    std::copy(read.begin(), read.end(), bytes);
    return true;
}

std::string to_hex(const std::uint8_t* bytes, std::size_t count)
{
    constexpr char Digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(count * 2);
    for (std::size_t i = 0; i < count; i++)
    {
        text.push_back(Digits[bytes[i] >> 4]);
        text.push_back(Digits[bytes[i] & 0x0F]);
    }

    return text;
}

bool to_number(const std::string& text, std::uint64_t max, std::uint64_t* number)
{
    const bool is_hex = text.rfind("0x", 0) == 0;
    const char* start = text.data() + (is_hex ? 2 : 0);
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(start, end, *number, is_hex ? 16 : 10);
    return read.ec == std::errc() && read.ptr == end && *number <= max;
}

std::vector<std::string> words_of(const std::string& line)
{
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
    {
        words.push_back(word);
    }

    return words;
}
}
