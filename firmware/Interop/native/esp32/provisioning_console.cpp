#ifdef IOTATTEST_PROVISIONING
#include "provisioning_console.h"

#include <cstdio>
#include <unistd.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "port.h"
#include "provisioning_line.h"
#include "provisioning_port.h"

extern "C" void iotattest_provisioning_console(void)
{
    iotattest::Provisioner provisioner(iotattest::iotattest_port_ops(), iotattest::esp32::provisioning_ops());
    iotattest::ProvisioningLine line(provisioner);
    char answer[iotattest::ProvisioningAnswerBytes];
    for (;;)
    {
        // Not by getchar: the buffer of stdin would keep the key, and nothing wipes it. The console does not wait for input unless a driver
        // is installed: no byte now, perhaps one later. This byte is a line feed by the time that the line with the key is wiped.
        std::uint8_t byte = 0;
        if (read(STDIN_FILENO, &byte, 1) != 1)
        {
            vTaskDelay(1);
        }
        else if (line.take(byte, answer) > 0)
        {
            static_cast<void>(std::fputs(answer, stdout)); // whoever sent the line notices that no answer comes
            static_cast<void>(std::fflush(stdout));
        }
    }
}
#endif
