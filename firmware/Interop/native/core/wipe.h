#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest
{
// Sets `count` bytes to zero; no optimiser may leave that out because the object is not read again.
inline void wipe(void* memory, std::size_t count)
{
    volatile std::uint8_t* bytes = static_cast<volatile std::uint8_t*>(memory);
    for (std::size_t i = 0; i < count; i++)
    {
        bytes[i] = 0;
    }

    __asm__ __volatile__("" : : "r"(memory) : "memory");
}

// Wipes an object when it goes out of scope, on every path.
class WipeAtEnd
{
public:
    WipeAtEnd(void* memory, std::size_t count) : memory_(memory), count_(count) {}
    ~WipeAtEnd() { wipe(memory_, count_); }
    WipeAtEnd(const WipeAtEnd&) = delete;
    WipeAtEnd& operator=(const WipeAtEnd&) = delete;

private:
    void* memory_;
    std::size_t count_;
};
}
