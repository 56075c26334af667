// components/esp_system/include/esp_task_wdt.h
#pragma once

#include "esp_err.h"
#include "freertos/task.h"

#ifdef __cplusplus
extern "C"
{
#endif

esp_err_t esp_task_wdt_status(TaskHandle_t task_handle);
esp_err_t esp_task_wdt_reset(void);

#ifdef __cplusplus
}
#endif
