#include "clr_module.h"
#include "closed_build.h"
#include "hooks.h"
#include "port.h"

namespace iotattest
{
Attester& attester()
{
    static Attester instance(iotattest_port_ops());
    return instance;
}
}

extern "C" void iotattest_boot(void)
{
    using namespace iotattest;
    start_uptime();
    if (is_closed() && !is_write_counter_spent())
    {
        (void)attester().boot(); // an error leaves the attester off: every later call says NotBooted
    }
}
