#include "cbor_writer.h"

#include <cstring>

namespace iotattest
{
void CborWriter::integer(std::int64_t value)
{
    if (value < 0)
    {
        head(1, static_cast<std::uint64_t>(-1 - value));
        return;
    }

    head(0, static_cast<std::uint64_t>(value));
}

void CborWriter::bytes(const std::uint8_t* source, std::size_t count)
{
    head(2, count);
    raw(source, count);
}

void CborWriter::text(const char* source)
{
    const std::size_t count = std::strlen(source);
    head(3, count);
    raw(reinterpret_cast<const std::uint8_t*>(source), count);
}

void CborWriter::raw(const std::uint8_t* source, std::size_t count)
{
    if (count > 0 && has_room_for(count))
    {
        std::memcpy(buffer_ + length_, source, count);
        length_ += count;
    }
}

void CborWriter::head(std::uint8_t major_type, std::uint64_t value)
{
    const std::uint8_t major = static_cast<std::uint8_t>(major_type << 5);
    if (value < 24)
    {
        byte(static_cast<std::uint8_t>(major | value));
        return;
    }

    // Additional information 24 to 27 announces 1, 2, 4 or 8 bytes (RFC 8949 section 3).
    const std::uint8_t information = value <= 0xFF ? 24 : value <= 0xFFFF ? 25 : value <= 0xFFFFFFFF ? 26 : 27;
    const int following = 1 << (information - 24);
    if (!has_room_for(static_cast<std::size_t>(following) + 1))
    {
        return;
    }

    byte(static_cast<std::uint8_t>(major | information));
    for (int shift = (following - 1) * 8; shift >= 0; shift -= 8)
    {
        byte(static_cast<std::uint8_t>(value >> shift));
    }
}

void CborWriter::byte(std::uint8_t value)
{
    if (has_room_for(1))
    {
        buffer_[length_] = value;
        length_++;
    }
}

bool CborWriter::has_room_for(std::size_t count)
{
    if (overflown_ || count > capacity_ - length_)
    {
        overflown_ = true;
    }

    return !overflown_;
}
}
