// Inside this folder only.
#pragma once

#include "attester.h"

namespace iotattest
{
// The one instance, over the port's table.
Attester& attester();

// Uptime counts from here.
void start_uptime();

// Whether the counter of writes has come so near to its end that it no longer tells two moments apart.
bool is_write_counter_spent();
}
