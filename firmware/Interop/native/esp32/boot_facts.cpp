#include "boot_facts.h"

#include "esp_secure_boot.h" // components/bootloader_support/include/esp_secure_boot.h
#include "fuses.h"
#include "soft_jtag.h"

namespace iotattest::esp32
{
namespace
{
// RFC 9711 section 4.2.9. 1 and 4 are never stated: see README.md.
enum DebugStatus : std::int8_t { Enabled = 0, DisabledSinceBoot = 2, DisabledPermanently = 3 };

bool read_permanent_jtag(bool* is_off)
{
    *is_off = true;
    for (FusePart* const fuse : PermanentJtagFuses)
    {
        bool is_burned = false;
        if (!read_fuse(fuse, &is_burned))
        {
            return false;
        }

        *is_off = *is_off && is_burned;
    }

    return true;
}

// JTAG has no fuse that switches it off for ever, but perhaps one that switches it off for now.
std::int8_t soft_debug_status()
{
    bool is_soft_off = false;
    if (!read_soft_jtag(&is_soft_off))
    {
        return Unknown;
    }

    if (!is_soft_off)
    {
        return Enabled;
    }

    // Nothing tells whether firmware has used the key since the reset.
    return has_jtag_key() ? Unknown : static_cast<std::int8_t>(DisabledSinceBoot);
}

std::int8_t debug_status(bool has_secure_boot)
{
    bool is_jtag_off = false;
    bool is_download_off = false;
    if (HasInterpreterDebugger)
    {
        return Enabled;
    }

    if (!read_permanent_jtag(&is_jtag_off) || !read_fuse(NoDownloadFuse, &is_download_off))
    {
        return Unknown;
    }

    if (!is_jtag_off)
    {
        return soft_debug_status();
    }

    return has_secure_boot && is_download_off ? DisabledPermanently : DisabledSinceBoot;
}
}

BootFacts read_boot_facts()
{
    const bool has_secure_boot = esp_secure_boot_enabled();
    return {static_cast<std::int8_t>(has_secure_boot ? 1 : 0), debug_status(has_secure_boot)};
}
}
