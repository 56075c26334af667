#pragma once

#include "provisioning.h"

namespace iotattest::stm32
{
// What a Provisioner needs on STM32, beside the table of port.cpp. `lock` write-protects the sector of the key and raises read protection to level
// IOTATTEST_STM32_READ_PROTECTION: 1 unless defined. 2 is for good: no way back, no debugger and no programmer any more. With 0 the
// programmer raises it as the last step of the line; until then the board gives no evidence.
const ProvisioningOps& provisioning_ops();
}
