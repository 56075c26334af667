#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest
{
// Forward-only writer of deterministic CBOR (RFC 8949 section 4.2.1) into a buffer of the caller.
// Heads are always the shortest; the caller writes map keys in ascending order. Running out of room is sticky: later writes do
// nothing, overflown() stays true, and the caller checks once at the end.
class CborWriter
{
public:
    CborWriter(std::uint8_t* buffer, std::size_t capacity) : buffer_(buffer), capacity_(capacity) {}

    std::size_t length() const { return length_; }
    bool overflown() const { return overflown_; }

    void unsigned_integer(std::uint64_t value) { head(0, value); }
    void integer(std::int64_t value);
    void bytes(const std::uint8_t* source, std::size_t count);
    void bytes_head(std::size_t count) { head(2, count); }

    // Text ended by 0; the caller has checked that it is ASCII of at most MaxTextBytes.
    void text(const char* source);
    void array_head(std::size_t items) { head(4, items); }
    void map_head(std::size_t entries) { head(5, entries); }
    void tag(std::uint32_t value) { head(6, value); }
    void boolean(bool value) { byte(value ? 0xF5 : 0xF4); }

    // Copies what is already encoded.
    void raw(const std::uint8_t* source, std::size_t count);

private:
    void head(std::uint8_t major_type, std::uint64_t value);
    void byte(std::uint8_t value);
    bool has_room_for(std::size_t count);

    std::uint8_t* buffer_;
    std::size_t capacity_;
    std::size_t length_ = 0;
    bool overflown_ = false;
};
}
