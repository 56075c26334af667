#include "board_c_api.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "board_table.h"

namespace iotattest::host
{
namespace
{
using Settings = iotattest_board_settings;

static_assert(IOTATTEST_BOARD_MAX_REGIONS == MaxRegions, "a caller can name every region that the core measures");
static_assert(sizeof(Settings::ueid) == UeidBytes && sizeof(Settings::class_id) == HardwareModelBytes && sizeof(Settings::key_id) == KeyIdBytes, "sizes of the profile");
static_assert(IOTATTEST_BOARD_MAX_WRITE_BYTES == MaxRegionBytes, "a whole region can be written");

BoardTable& table()
{
    static BoardTable boards;
    return boards;
}

// Nothing of C++ leaves: no memory, a lock that cannot be taken.
template <typename Work>
std::int32_t guarded(const Work& work) noexcept
{
    try
    {
        return work();
    }
    catch (...)
    {
        return IOTATTEST_BOARD_FAULT;
    }
}

// Runs `work` on an open board while no other call does.
template <typename Work>
std::int32_t on(iotattest_board number, const Work& work) noexcept
{
    return guarded([&]() -> std::int32_t {
        const std::shared_ptr<DurableBoard> board = table().find(number);
        if (board == nullptr)
        {
            return IOTATTEST_BOARD_NOT_OPEN;
        }

        const std::lock_guard<std::mutex> lock(board->gate);
        return work(*board);
    });
}

std::int32_t number_of(Error error)
{
    return static_cast<std::int32_t>(error);
}

bool is_path(const char* text)
{
    return text != nullptr && text[0] != 0 && strnlen(text, IOTATTEST_BOARD_MAX_PATH_BYTES) < IOTATTEST_BOARD_MAX_PATH_BYTES;
}

bool is_claim(const char* text)
{
    return text == nullptr || (text[0] != 0 && strnlen(text, MaxTextBytes + 1) <= MaxTextBytes);
}

bool is_region(const iotattest_board_region& region)
{
    return region.name <= static_cast<std::uint32_t>(Name::Config) && region.length > 0 && region.length <= MaxRegionBytes;
}

// Shapes only: what the profile says about values is the core's to check.
bool are_valid(const Settings& settings)
{
    return settings.size == sizeof settings && (settings.algorithm == 5 || settings.algorithm == -7) && is_path(settings.flash_path)
        && is_path(settings.boot_count_path) && is_claim(settings.hardware_version) && is_claim(settings.software_name) && is_claim(settings.software_version)
        && settings.region_count > 0 && settings.region_count <= MaxRegions
        && std::all_of(settings.regions, settings.regions + settings.region_count, is_region);
}

void set_identity(DurableBoard& board, const Settings& settings, const std::uint8_t* key)
{
    std::copy_n(settings.ueid, UeidBytes, board.identity.ueid);
    std::copy_n(settings.class_id, HardwareModelBytes, board.identity.hardware_model);
    std::copy_n(settings.key_id, KeyIdBytes, board.identity.key_id);
    board.identity.oem_id = settings.oem_id;
    board.identity.algorithm = static_cast<Algorithm>(settings.algorithm);
    board.key.set(board.identity.algorithm, key);
    const auto text = [](const char* claim) { return std::string(claim == nullptr ? "" : claim); };
    board.hardware_version = text(settings.hardware_version);
    board.software_name = text(settings.software_name);
    board.software_version = text(settings.software_version);
    board.facts = {settings.oem_boot, settings.debug_status};
}

bool add_regions(DurableBoard& board, const Settings& settings)
{
    for (std::uint32_t i = 0; i < settings.region_count; i++)
    {
        const iotattest_board_region& region = settings.regions[i];
        if (!board.flash.holds(region.offset, region.length))
        {
            return false;
        }

        board.ranges.push_back({{static_cast<Name>(region.name), false, region.length, Board::FlashAddress + region.offset}, region.offset});
    }

    return true;
}

std::int32_t open(const Settings& settings, const std::uint8_t* key, iotattest_board* number)
{
    auto board = std::make_shared<DurableBoard>(settings.boot_count_path);
    if (!board->flash.open(settings.flash_path, FlashFile::Mapping::Private))
    {
        return IOTATTEST_BOARD_FLASH_UNREADABLE;
    }

    if (!add_regions(*board, settings))
    {
        return IOTATTEST_BOARD_OUTSIDE_FLASH;
    }

    set_identity(*board, settings, key);
    *number = table().add(std::move(board));
    return number_of(Error::Ok);
}

std::int32_t read_ueid(const DurableBoard& board, std::uint8_t* ueid)
{
    std::copy_n(board.identity.ueid, UeidBytes, ueid);
    return number_of(Error::Ok);
}

std::int32_t write(DurableBoard& board, std::uint64_t offset, const std::uint8_t* bytes, std::size_t count)
{
    return board.write(offset, Bytes(bytes, bytes + count)) ? number_of(Error::Ok) : IOTATTEST_BOARD_OUTSIDE_FLASH;
}
}
}

using namespace iotattest::host;

std::int32_t iotattest_board_api_version(void)
{
    return IOTATTEST_BOARD_API_VERSION;
}

std::int32_t iotattest_board_open(const iotattest_board_settings* settings, const std::uint8_t* key, std::size_t key_count, iotattest_board* board)
{
    if (board == nullptr)
    {
        return IOTATTEST_BOARD_BAD_ARGUMENT;
    }

    *board = 0;
    const bool is_valid = settings != nullptr && key != nullptr && key_count == DeviceKey::SecretBytes && are_valid(*settings);
    return is_valid ? guarded([&] { return open(*settings, key, board); }) : IOTATTEST_BOARD_BAD_ARGUMENT;
}

std::int32_t iotattest_board_boot(iotattest_board board)
{
    return on(board, [](DurableBoard& open) { return number_of(open.boot()); });
}

std::int32_t iotattest_board_read_ueid(iotattest_board board, std::uint8_t* ueid, std::size_t count)
{
    const bool is_valid = ueid != nullptr && count == iotattest::UeidBytes;
    return on(board, [&](const DurableBoard& open) { return is_valid ? read_ueid(open, ueid) : number_of(iotattest::Error::BadArgument); });
}

std::int32_t iotattest_board_begin(iotattest_board board, const std::uint8_t* nonce, std::size_t count)
{
    const bool is_valid = count == iotattest::NonceBytes; // the core refuses null, and drops a measurement that was under way
    return on(board, [&](DurableBoard& open) { return number_of(open.attester().begin(is_valid ? nonce : nullptr)); });
}

std::int32_t iotattest_board_step(iotattest_board board)
{
    return on(board, [](DurableBoard& open) { return number_of(open.attester().step()); });
}

// The core checks the arguments, and a wrong one ends the measurement too.
std::int32_t iotattest_board_finish(iotattest_board board, std::uint8_t* evidence, std::size_t capacity, std::size_t* length)
{
    return on(board, [&](DurableBoard& open) { return number_of(open.attester().finish(evidence, capacity, length)); });
}

std::int32_t iotattest_board_write(iotattest_board board, std::uint64_t offset, const std::uint8_t* bytes, std::size_t count)
{
    const bool is_valid = bytes != nullptr && count > 0 && count <= IOTATTEST_BOARD_MAX_WRITE_BYTES;
    return is_valid ? on(board, [&](DurableBoard& open) { return write(open, offset, bytes, count); }) : IOTATTEST_BOARD_BAD_ARGUMENT;
}

std::int32_t iotattest_board_close(iotattest_board board)
{
    return guarded([&]() -> std::int32_t { return table().remove(board) ? number_of(iotattest::Error::Ok) : IOTATTEST_BOARD_NOT_OPEN; });
}
