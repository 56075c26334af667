#ifdef IOTATTEST_PROVISIONING
// nanoFramework on ChibiOS: the port of the debug link, which each board's serialcfg.h names SERIAL_DRIVER and main.c starts. The calls are those of
// any channel, so that it may be a UART or USB.
#include "provisioning_serial.h"

#include <hal.h>
#include <serialcfg.h>

namespace iotattest::stm32
{
namespace
{
constexpr unsigned WaitMs = 100;
}

bool read_serial(std::uint8_t* byte)
{
    return chnReadTimeout(&SERIAL_DRIVER, byte, 1, TIME_MS2I(WaitMs)) == 1;
}

void write_serial(const char* bytes, std::size_t count)
{
    static_cast<void>(chnWriteTimeout(&SERIAL_DRIVER, reinterpret_cast<const std::uint8_t*>(bytes), count, TIME_MS2I(WaitMs)));
}
}
#endif
