#pragma once

#include "esp_partition.h"

namespace iotattest::esp32
{
// The partition with the keys of encrypted NVS, if it protects anything: flash encryption in release mode, and on for that partition.
// Null otherwise: in development mode whoever is connected can read or replace the keys.
const esp_partition_t* nvs_keys_partition();
}
