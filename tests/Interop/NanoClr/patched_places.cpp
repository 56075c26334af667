// What the patched interpreter defines where it dropped code.
#include <nanoPAL_IotAttest.h>

#if defined(IOTATTEST_CLOSED_BUILD)
IOTATTEST_PATCHED(startup);
IOTATTEST_PATCHED(debug_link);
IOTATTEST_PATCHED(assembly_load);
IOTATTEST_PATCHED(block_storage);
#endif
