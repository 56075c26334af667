// Where the key lies in eFuse: identity and boot counter hold no secret and lie in the NVS partition that every nanoCLR has.
#include "chip.h"

#if !IOTATTEST_KEY_STORED
#include "storage.h"

namespace iotattest::esp32
{
const char* storage_partition()
{
    // app_main has mounted it (nf-interpreter, targets/ESP32/_IDF/<chip>/app_main.c: nvs_flash_init); where not, opening fails.
    return NVS_DEFAULT_PART_NAME;
}
}
#endif
