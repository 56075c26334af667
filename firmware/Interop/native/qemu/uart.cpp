#include "uart.h"

#include "registers.h"

namespace iotattest::qemu
{
namespace
{
// RM0090 section 30.6.
constexpr std::uintptr_t Usart1 = 0x40011000;
constexpr std::uintptr_t Status = Usart1;
constexpr std::uintptr_t Data = Usart1 + 0x04;
constexpr std::uintptr_t Control = Usart1 + 0x0C;
constexpr std::uint32_t CanSend = 1U << 7;
constexpr std::uint32_t HasReceived = 1U << 5;
constexpr std::uint32_t Enable = (1U << 13) | (1U << 5) | (1U << 3) | (1U << 2); // device, interrupt of the receiver, sender, receiver

constexpr std::uintptr_t EnableInterrupts32 = 0xE000E104; // NVIC_ISER1: interrupts 32 to 63
constexpr std::uint32_t Usart1Interrupt = 1U << (37 - 32);

// Filled by the handler, emptied by read_char. A byte that finds no room is lost; no line that is understood is that long.
constexpr std::uint32_t QueueBytes = 256;
volatile char queue[QueueBytes];
volatile std::uint32_t received;
volatile std::uint32_t taken;

void write_char(char each)
{
    while ((hardware_register<Status>() & CanSend) == 0)
    {
    }

    hardware_register<Data>() = static_cast<std::uint8_t>(each);
}
}

void start_uart()
{
    hardware_register<Control>() = Enable;
    hardware_register<EnableInterrupts32>() = Usart1Interrupt;
}

char read_char()
{
    for (;;)
    {
        disable_interrupts();
        if (received != taken)
        {
            const char each = queue[taken % QueueBytes];
            taken = taken + 1;
            enable_interrupts();
            return each;
        }

        wait_for_interrupt();
        enable_interrupts();
    }
}

void write_text(const char* text)
{
    for (; *text != 0; text++)
    {
        write_char(*text);
    }
}

void write_number(std::uint32_t number)
{
    char digits[11] = {};
    char* first = digits + sizeof digits - 1;
    do
    {
        *--first = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    write_text(first);
}

void write_hex(const std::uint8_t* bytes, std::size_t count)
{
    constexpr char Digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < count; i++)
    {
        write_char(Digits[bytes[i] >> 4]);
        write_char(Digits[bytes[i] & 0x0F]);
    }
}
}

extern "C" void usart1_handler()
{
    using namespace iotattest::qemu;
    if ((hardware_register<Status>() & HasReceived) == 0)
    {
        return;
    }

    const char each = static_cast<char>(hardware_register<Data>());
    if (received - taken < QueueBytes)
    {
        queue[received % QueueBytes] = each;
        received = received + 1;
    }
}
