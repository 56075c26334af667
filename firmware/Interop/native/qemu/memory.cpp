// What the core wants of a C library, and the compiler on its own account (GCC manual, "Standards"): there is none.
// Compiled so that these loops are not turned into calls of themselves (build.sh).
#include <cstddef>
#include <cstdint>

extern "C"
{
void* memcpy(void* to, const void* from, std::size_t count)
{
    std::uint8_t* target = static_cast<std::uint8_t*>(to);
    const std::uint8_t* source = static_cast<const std::uint8_t*>(from);
    for (std::size_t i = 0; i < count; i++)
    {
        target[i] = source[i];
    }

    return to;
}

void* memmove(void* to, const void* from, std::size_t count)
{
    std::uint8_t* target = static_cast<std::uint8_t*>(to);
    const std::uint8_t* source = static_cast<const std::uint8_t*>(from);
    if (target <= source)
    {
        return memcpy(to, from, count);
    }

    for (std::size_t i = count; i > 0; i--)
    {
        target[i - 1] = source[i - 1];
    }

    return to;
}

void* memset(void* to, int value, std::size_t count)
{
    std::uint8_t* target = static_cast<std::uint8_t*>(to);
    for (std::size_t i = 0; i < count; i++)
    {
        target[i] = static_cast<std::uint8_t>(value);
    }

    return to;
}

int memcmp(const void* one, const void* other, std::size_t count)
{
    const std::uint8_t* left = static_cast<const std::uint8_t*>(one);
    const std::uint8_t* right = static_cast<const std::uint8_t*>(other);
    for (std::size_t i = 0; i < count; i++)
    {
        if (left[i] != right[i])
        {
            return left[i] - right[i];
        }
    }

    return 0;
}

std::size_t strlen(const char* text)
{
    std::size_t length = 0;
    while (text[length] != 0)
    {
        length++;
    }

    return length;
}
}
