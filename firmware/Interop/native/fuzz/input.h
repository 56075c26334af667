#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace iotattest::fuzz
{
using Bytes = std::vector<std::uint8_t>;

// Ends the run and says where; the fuzzer then keeps the input.
inline void require(bool holds, const char* what)
{
    if (!holds)
    {
        (void)std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

// The bytes of one run, taken from the front; zeros when they are used up.
class Input
{
public:
    Input(const std::uint8_t* bytes, std::size_t count) : bytes_(bytes), left_(count) {}

    std::size_t left() const { return left_; }

    std::uint8_t byte()
    {
        std::uint8_t value = 0;
        fill(&value, 1);
        return value;
    }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 8; i++)
        {
            value = value << 8 | byte();
        }

        return value;
    }

    void fill(std::uint8_t* out, std::size_t count)
    {
        const std::size_t taken = std::min(count, left_);
        std::copy_n(bytes_, taken, out);
        std::fill(out + taken, out + count, std::uint8_t{0});
        bytes_ += taken;
        left_ -= taken;
    }

    // A block of its own, so that a read past its end is found.
    Bytes rest()
    {
        Bytes all(bytes_, bytes_ + left_);
        left_ = 0;
        return all;
    }

private:
    const std::uint8_t* bytes_;
    std::size_t left_;
};

// `count` bytes between two fields of canaries.
class Guarded
{
public:
    explicit Guarded(std::size_t count) : bytes_(count + 2 * Margin, Canary), count_(count) {}

    std::uint8_t* data() { return bytes_.data() + Margin; }

    bool is_untouched_outside() const
    {
        const auto is_canary = [](std::uint8_t byte) { return byte == Canary; };
        return std::all_of(bytes_.begin(), bytes_.begin() + Margin, is_canary)
            && std::all_of(bytes_.begin() + Margin + static_cast<std::ptrdiff_t>(count_), bytes_.end(), is_canary);
    }

    bool holds(std::uint8_t value) const
    {
        const auto start = bytes_.begin() + Margin;
        return std::all_of(start, start + static_cast<std::ptrdiff_t>(count_), [=](std::uint8_t byte) { return byte == value; });
    }

    static constexpr std::uint8_t Canary = 0xC5;

private:
    static constexpr std::ptrdiff_t Margin = 32;

    Bytes bytes_;
    std::size_t count_;
};
}
