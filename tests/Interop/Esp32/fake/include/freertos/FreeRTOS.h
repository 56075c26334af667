// components/freertos/FreeRTOS-Kernel/include/freertos/FreeRTOS.h
#pragma once

#include <stdint.h>

typedef uint32_t TickType_t;
