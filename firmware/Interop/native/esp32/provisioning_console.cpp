#ifdef IOTATTEST_PROVISIONING
#include "provisioning_console.h"

#include <cstdio>

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
        // The console does not wait for input unless a driver is installed: no byte now, perhaps one later.
        const int byte = std::getchar();
        if (byte == EOF)
        {
            std::clearerr(stdin);
            vTaskDelay(1);
        }
        else if (line.take(static_cast<std::uint8_t>(byte), answer) > 0)
        {
            static_cast<void>(std::fputs(answer, stdout)); // whoever sent the line notices that no answer comes
            static_cast<void>(std::fflush(stdout));
        }
    }
}
#endif
