#ifdef IOTATTEST_PROVISIONING
#include "provisioning_console.h"

#include "port.h"
#include "provisioning_line.h"
#include "provisioning_port.h"
#include "provisioning_serial.h"
#include "wipe.h"

extern "C" void iotattest_provisioning_console(void)
{
    using namespace iotattest;
    Provisioner provisioner(iotattest_port_ops(), stm32::provisioning_ops());
    ProvisioningLine line(provisioner);
    char answer[ProvisioningAnswerBytes];
    for (;;)
    {
        std::uint8_t byte = 0;
        const std::size_t length = stm32::read_serial(&byte) ? line.take(byte, answer) : 0;
        wipe(&byte, sizeof byte);
        if (length > 0)
        {
            stm32::write_serial(answer, length);
            wipe(answer, sizeof answer);
        }
    }
}
#endif
