#ifdef IOTATTEST_PROVISIONING
#include "provisioning_port.h"

#include <cstring>

#include "bus.h"
#include "digest.h"
#include "key_sector.h"
#include "p256_key.h"
#include "platform.h"
#include "protection.h"
#include "random.h"
#include "state_flash.h"
#include "wipe.h"

namespace iotattest::stm32
{
namespace
{
constexpr std::uint32_t KeyAddress = FlashBase + sector_offset(KeySector);
constexpr std::uint32_t OptionPolls = 100000000;

#ifndef IOTATTEST_STM32_READ_PROTECTION
#define IOTATTEST_STM32_READ_PROTECTION 1
#endif
constexpr auto RequestedLevel = static_cast<ReadProtection>(IOTATTEST_STM32_READ_PROTECTION);
static_assert(RequestedLevel <= ReadProtection::Level2, "levels are 0, 1 and 2");

// The byte for level 1 is any but those of the other two.
constexpr std::uint32_t RequestedByte = RequestedLevel == ReadProtection::Level2 ? 0xCC : 0x55;

// A sector that is locked cannot get a key any more, whatever it holds.
bool is_provisioned(void*, bool* provisioned)
{
    KeyRecord record;
    WipeAtEnd wiped(&record, sizeof record);
    *provisioned = is_write_protected(KeySector) || read_key_record(&record);
    return true;
}

bool make_key(void*, std::uint8_t key[DeviceKeyBytes])
{
    return mbedtls::make_key({nullptr, fill_random}, key);
}

bool public_key(void*, const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes])
{
    return mbedtls::public_key(key, {nullptr, fill_random}, xy);
}

bool program(std::uint32_t address, const std::uint8_t* bytes, std::size_t count)
{
    for (std::size_t at = 0; at < count; at += sizeof(std::uint32_t))
    {
        std::uint32_t word = 0;
        WipeAtEnd wiped(&word, sizeof word);
        std::memcpy(&word, bytes + at, sizeof word);
        if (!program_word(address + static_cast<std::uint32_t>(at), word))
        {
            return false;
        }
    }

    return true;
}

// The erase clears what a cut attempt left behind; the marker comes last.
bool write_record(const KeyRecord& record)
{
    std::uint8_t check[DigestBytes];
    const RecordHash hash;
    const std::uint32_t marker = KeyAddress + static_cast<std::uint32_t>(KeyMarkerAt);
    return digest_of(hash.ops(), reinterpret_cast<const std::uint8_t*>(&record), sizeof record, check) && erase_sector(KeySector)
        && program(KeyAddress, reinterpret_cast<const std::uint8_t*>(&record), sizeof record)
        && program(KeyAddress + static_cast<std::uint32_t>(KeyCheckAt), check, sizeof check)
        && program_word(marker, KeyMarker) && program_word(marker + sizeof KeyMarker, ~KeyMarker);
}

bool store(void*, const std::uint8_t identity[IdentityRecordBytes], Algorithm, const std::uint8_t key[DeviceKeyBytes])
{
    KeyRecord record;
    KeyRecord kept;
    WipeAtEnd wiped(&record, sizeof record);
    WipeAtEnd kept_wiped(&kept, sizeof kept);
    std::memcpy(record.identity, identity, sizeof record.identity);
    std::memcpy(record.key, key, sizeof record.key);
    return write_record(record) && read_key_record(&kept) && std::memcmp(&record, &kept, sizeof record) == 0;
}

bool is_locked_as_requested()
{
    return is_write_protected(KeySector) && read_protection() >= RequestedLevel;
}

// In constant time, as one side is a key.
bool is_same(const KeyRecord& left, const KeyRecord& right)
{
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < sizeof left.identity; i++)
    {
        difference = static_cast<std::uint8_t>(difference | (left.identity[i] ^ right.identity[i]));
    }

    for (std::size_t i = 0; i < sizeof left.key; i++)
    {
        difference = static_cast<std::uint8_t>(difference | (left.key[i] ^ right.key[i]));
    }

    return difference == 0;
}

bool awaits_lock(void*, const std::uint8_t identity[IdentityRecordBytes], const std::uint8_t key[DeviceKeyBytes])
{
    KeyRecord asked;
    KeyRecord kept;
    WipeAtEnd asked_wiped(&asked, sizeof asked);
    WipeAtEnd kept_wiped(&kept, sizeof kept);
    std::memcpy(asked.identity, identity, sizeof asked.identity);
    std::memcpy(asked.key, key, sizeof asked.key);
    return !is_locked_as_requested() && read_key_record(&kept) && is_same(asked, kept);
}

// What the option register is to hold. Read protection is only ever raised: lowering it erases the chip. Every other bit stays as it is.
std::uint32_t locked_options(std::uint32_t options)
{
    return read_protection() >= RequestedLevel ? options : (options & ~(0xFFU << OptionProtection)) | RequestedByte << OptionProtection;
}

bool open_options()
{
    if (!wait_for_flash(OptionPolls))
    {
        return false;
    }

    if ((bus_load(FlashOptions) & OptionLock) != 0)
    {
        bus_store(FlashOptionKey, OptionKey1);
        bus_store(FlashOptionKey, OptionKey2);
    }

    return (bus_load(FlashOptions) & OptionLock) == 0;
}

bool program_options()
{
    const std::uint32_t write_protection = write_protection_register(KeySector);
    bus_store(FlashStatus, StatusErrors | StatusEnd);
    if (!open_options())
    {
        return false;
    }

    bus_store(FlashOptions, locked_options(bus_load(FlashOptions)));
    bus_store(write_protection, bus_load(write_protection) & ~write_protection_bit(KeySector));
    bus_store(FlashOptions, bus_load(FlashOptions) | OptionStart);
    const bool is_done = wait_for_flash(OptionPolls);
    bus_store(FlashOptions, bus_load(FlashOptions) | OptionLock);
    return is_done;
}

bool lock(void*)
{
    const std::uint32_t options = bus_load(FlashOptions);
    if (is_locked_as_requested())
    {
        return true;
    }

    // With other banks, or PCROP in place of write protection, the same bits would mean something else.
    if (!has_expected_banks(options) || !is_write_protection(options) || read_protection() == ReadProtection::Level2)
    {
        return false;
    }

    bool is_programmed = false;
    {
        Critical critical;
        is_programmed = program_options();
    }

    return is_programmed && is_locked_as_requested();
}

constexpr ProvisioningOps PortProvisioning = {nullptr, is_provisioned, make_key, public_key, store, lock, awaits_lock};
}

const ProvisioningOps& provisioning_ops()
{
    return PortProvisioning;
}
}
#endif
