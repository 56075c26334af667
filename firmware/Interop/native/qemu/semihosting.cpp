#include "semihosting.h"

#include <cstring>

namespace iotattest::qemu
{
namespace
{
constexpr std::uintptr_t ReadBinary = 1;
constexpr std::uintptr_t WriteBinary = 5;

std::uintptr_t address_of(const void* memory)
{
    return reinterpret_cast<std::uintptr_t>(memory);
}

template <std::size_t Count>
std::int32_t call(SemihostingCall which, const std::uintptr_t (&arguments)[Count])
{
    return semihosting(which, address_of(arguments));
}

std::int32_t open(const char* path, std::uintptr_t mode)
{
    return call(SemihostingCall::Open, {address_of(path), mode, std::strlen(path)});
}

bool close(std::int32_t file)
{
    return call(SemihostingCall::Close, {static_cast<std::uintptr_t>(file)}) == 0;
}

// Reading and writing answer the number of bytes that were left.
bool transfer(SemihostingCall which, std::int32_t file, const std::uint8_t* bytes, std::size_t count)
{
    return call(which, {static_cast<std::uintptr_t>(file), address_of(bytes), count}) == 0;
}
}

bool read_file(const char* path, std::uint8_t* bytes, std::size_t count)
{
    const std::int32_t file = open(path, ReadBinary);
    const bool is_read = file >= 0 && transfer(SemihostingCall::Read, file, bytes, count);
    return file >= 0 && close(file) && is_read;
}

bool replace_file(const char* path, const char* path_of_new, const std::uint8_t* bytes, std::size_t count)
{
    const std::int32_t file = open(path_of_new, WriteBinary);
    const bool is_written = file >= 0 && transfer(SemihostingCall::Write, file, bytes, count);
    return file >= 0 && close(file) && is_written
        && call(SemihostingCall::Rename, {address_of(path_of_new), std::strlen(path_of_new), address_of(path), std::strlen(path)}) == 0;
}
}
