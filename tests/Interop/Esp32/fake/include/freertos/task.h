// components/freertos/FreeRTOS-Kernel/include/freertos/task.h
#pragma once

#include "freertos/FreeRTOS.h"

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct tskTaskControlBlock* TaskHandle_t;

void vTaskDelay(const TickType_t xTicksToDelay);

#ifdef __cplusplus
}
#endif
