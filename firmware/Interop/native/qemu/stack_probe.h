// How deep the stack gets: what lies below is painted, and later the lowest byte without paint is looked for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::qemu
{
inline std::uintptr_t stack_pointer()
{
    std::uintptr_t pointer = 0;
    __asm__ volatile("mov %0, sp" : "=r"(pointer));
    return pointer;
}

// Paints from the end of the stack up to where the caller stands.
void paint_stack();

// Bytes between `from` and the lowest byte that lost its paint. Room that a function took and did not write at its very end is
// not seen; frames of interrupts that came meanwhile are.
std::size_t stack_used_below(std::uintptr_t from);
}
