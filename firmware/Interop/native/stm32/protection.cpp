#include "protection.h"

#include "board_map.h"
#include "bus.h"

namespace iotattest::stm32
{
namespace
{
// Any other value of the byte is level 1 (RM0090 section 3.7.3).
constexpr std::uint32_t RdpLevel0 = 0xAA;
constexpr std::uint32_t RdpLevel2 = 0xCC;

// RFC 9711 section 4.2.9.
constexpr std::int8_t DebugEnabled = 0;
constexpr std::int8_t DebugDisabledFullyAndPermanently = 4;

#ifdef IOTATTEST_STM32_VERIFIED_BOOT
constexpr bool HasVerifiedBoot = true;
#else
constexpr bool HasVerifiedBoot = false;
#endif

// Nothing in nanoFramework checks nanoBooter or nanoCLR before it runs, so that the claim is left out unless the build says that its boot loader
// does. Even then that boot loader counts only while nobody can replace it: sector locked, and the option bytes that lock it frozen.
std::int8_t oem_boot()
{
    if (!HasVerifiedBoot)
    {
        return Unknown;
    }

    return read_protection() == ReadProtection::Level2 && is_write_protected(BootloaderSector) ? 1 : 0;
}

// Level 1 shuts flash and leaves the debug port open to the rest of the chip, which section 4.2.9.1 calls enabled. Level 2 shuts it to everyone,
// STMicroelectronics included, for ever: section 4.2.9.5.
std::int8_t debug_status()
{
    return read_protection() == ReadProtection::Level2 ? DebugDisabledFullyAndPermanently : DebugEnabled;
}
}

ReadProtection read_protection()
{
    const std::uint32_t level = bus_load(FlashOptions) >> OptionProtection & 0xFF;
    if (level == RdpLevel0)
    {
        return ReadProtection::Level0;
    }

    return level == RdpLevel2 ? ReadProtection::Level2 : ReadProtection::Level1;
}

bool is_write_protected(unsigned sector)
{
    const std::uint32_t options = bus_load(FlashOptions);
    return has_expected_banks(options) && is_write_protection(options)
        && (bus_load(write_protection_register(sector)) & write_protection_bit(sector)) == 0;
}

bool is_key_locked()
{
    return read_protection() != ReadProtection::Level0 && is_write_protected(KeySector);
}

BootFacts boot_facts()
{
    return {oem_boot(), debug_status()};
}
}
