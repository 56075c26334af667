// All of the region `bootloader`: the vector table (ARMv7-M Architecture Reference Manual, section B1.5.3) and what runs before the rest.
// Nothing here calls into the region `clr` but run_board and the two interrupt handlers.
#include "linker_symbols.h"
#include "semihosting.h"

extern "C"
{
[[noreturn]] void reset_handler();
[[noreturn]] void fault_handler();
[[noreturn]] void run_board();
void systick_handler();
void usart1_handler();
}

namespace
{
using Handler = void (*)();

constexpr unsigned SysTickVector = 15;
constexpr unsigned Usart1Vector = 16 + 37; // STM32F405 reference manual (RM0090), table 62
constexpr unsigned Vectors = Usart1Vector + 1;

struct VectorTable
{
    std::uint8_t* stack; // cppcheck-suppress unusedStructMember ; the processor reads it
    Handler handlers[Vectors - 1];
};

constexpr VectorTable make_vectors()
{
    VectorTable table = {stack_top, {}};
    for (Handler& handler : table.handlers)
    {
        handler = fault_handler; // whatever is not expected
    }

    table.handlers[0] = reset_handler;
    table.handlers[SysTickVector - 1] = systick_handler;
    table.handlers[Usart1Vector - 1] = usart1_handler;
    return table;
}

[[gnu::section(".vectors"), gnu::used]] constexpr VectorTable vector_table = make_vectors();
}

void reset_handler()
{
    const std::uint32_t* from = data_load;
    for (std::uint32_t* to = data_start; to < data_end; to++)
    {
        *to = *from++;
    }

    for (std::uint32_t* to = bss_start; to < bss_end; to++)
    {
        *to = 0;
    }

    run_board();
}

void fault_handler()
{
    iotattest::qemu::end_emulator(false);
}
