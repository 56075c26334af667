// The provisioning firmware as a program: its serial port is standard input and output, its chip is one file.
//   iotattest-stm32-console CHIPFILE
// Ends with 0 when the input ends, with 42 when power is cut.
#include <cstdio>
#include <cstdlib>

#include "chip_file.h"
#include "factory.h"
#include "provisioning_serial.h"

namespace iotattest::stm32
{
namespace
{
bool is_quiet = false; // every other time there is no byte yet, as on a wire
}

bool read_serial(std::uint8_t* byte)
{
    is_quiet = !is_quiet;
    if (is_quiet)
    {
        return false;
    }

    const int next = std::getchar();
    if (next == EOF)
    {
        std::exit(0);
    }

    *byte = static_cast<std::uint8_t>(next);
    return true;
}

void write_serial(const char* bytes, std::size_t count)
{
    static_cast<void>(std::fwrite(bytes, 1, count, stdout));
    static_cast<void>(std::fflush(stdout));
}
}

int main(int count, char** arguments)
{
    if (count != 2 || !iotattest::stm32::fake::open_chip(arguments[1]))
    {
        std::fputs("expected the file of a chip\n", stderr);
        return 2;
    }

    iotattest_factory();
}
