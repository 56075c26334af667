#include "pace.h"

#include "esp_task_wdt.h" // components/esp_system/include/esp_task_wdt.h
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

namespace iotattest::esp32
{
void Pace::spend(std::size_t bytes)
{
    bytes_ += static_cast<std::uint32_t>(bytes);
    if (bytes_ < PauseBytes)
    {
        return;
    }

    bytes_ = 0;
    vTaskDelay(1); // the watchdog looks at the idle task, which this lets in

    // Only a task that is subscribed may feed; another one would have an error logged.
    if (esp_task_wdt_status(nullptr) == ESP_OK)
    {
        static_cast<void>(esp_task_wdt_reset());
    }
}
}
