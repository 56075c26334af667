// What the emulator offers in place of chip and board: files of the PC it runs on, and its own end
// (Semihosting for AArch32 and AArch64, Arm IHI/ABI document, release 2.0).
#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::qemu
{
enum class SemihostingCall : std::uint32_t { Open = 0x01, Close = 0x02, Write = 0x05, Read = 0x06, Rename = 0x0F, Exit = 0x18 };

inline std::int32_t semihosting(SemihostingCall call, std::uintptr_t argument)
{
    register std::uint32_t r0 __asm__("r0") = static_cast<std::uint32_t>(call);
    register std::uintptr_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return static_cast<std::int32_t>(r0);
}

// The emulator ends with exit code 0, or 1 for a failure.
[[noreturn]] inline void end_emulator(bool is_fine)
{
    constexpr std::uintptr_t ApplicationExit = 0x20026;
    constexpr std::uintptr_t RunTimeError = 0x20023;
    for (;;)
    {
        semihosting(SemihostingCall::Exit, is_fine ? ApplicationExit : RunTimeError);
    }
}

// Reads exactly `count` bytes from the start of a file; false when it cannot be opened or is shorter.
bool read_file(const char* path, std::uint8_t* bytes, std::size_t count);

// Writes a new file beside `path` and puts it in its place, so that the file is the old one or the new one, never half of it.
bool replace_file(const char* path, const char* path_of_new, const std::uint8_t* bytes, std::size_t count);
}
