// A board of the factory line on standard input and output: the provisioning firmware over a chip that is one file.
//   iotattest-provision STATEFILE
// The file is absent while the chip is new; iotattest-host reads it with "chip STATEFILE".
#include <cstring>
#include <iostream>

#include "board.h"
#include "chip_state.h"
#include "p256_key.h"
#include "provisioning_line.h"
#include "wipe.h"

namespace iotattest::host
{
namespace
{
// What stands behind the table: the file of the chip, and the PC's random bytes.
struct Factory
{
    std::string path;
    mbedtls::Random random;
};

const Factory& factory_of(void* context)
{
    return *static_cast<const Factory*>(context);
}

const std::string& path_of(void* context)
{
    return factory_of(context).path;
}

bool is_provisioned(void* context, bool* provisioned)
{
    ChipState state = {};
    WipeAtEnd wiped(&state, sizeof state);
    return read_chip(path_of(context), &state, provisioned);
}

bool make_key(void* context, std::uint8_t key[DeviceKeyBytes])
{
    return mbedtls::make_key(factory_of(context).random, key);
}

bool public_key(void* context, const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes])
{
    return mbedtls::public_key(key, factory_of(context).random, xy);
}

bool store(void* context, const std::uint8_t record[IdentityRecordBytes], Algorithm, const std::uint8_t key[DeviceKeyBytes])
{
    ChipState state = {};
    ChipState kept = {};
    WipeAtEnd state_wiped(&state, sizeof state);
    WipeAtEnd kept_wiped(&kept, sizeof kept);
    std::memcpy(state.record, record, sizeof state.record);
    std::memcpy(state.key, key, sizeof state.key);
    bool exists = false;
    return write_chip(path_of(context), state) && read_chip(path_of(context), &kept, &exists) && exists
        && std::memcmp(&state, &kept, sizeof state) == 0;
}

bool lock(void* context)
{
    ChipState state = {};
    WipeAtEnd wiped(&state, sizeof state);
    bool exists = false;
    if (!read_chip(path_of(context), &state, &exists) || !exists)
    {
        return false;
    }

    state.is_locked = 1;
    return write_chip(path_of(context), state);
}
}
}

int main(int count, char** arguments)
{
    using namespace iotattest;
    if (count != 2)
    {
        std::cerr << "seen " << count - 1 << " arguments; expected the file of the chip's state\n";
        return 2;
    }

    host::Board board;
    const Ops ops = host::ops_of(&board);
    host::Factory factory = {arguments[1], {ops.context, ops.random}};
    const ProvisioningOps provisioning = {&factory, host::is_provisioned, host::make_key, host::public_key, host::store, host::lock};
    Provisioner provisioner(ops, provisioning);
    ProvisioningLine line(provisioner);
    char answer[ProvisioningAnswerBytes];
    for (int byte = std::cin.get(); byte != std::char_traits<char>::eof(); byte = std::cin.get())
    {
        if (line.take(static_cast<std::uint8_t>(byte), answer) > 0)
        {
            std::cout << answer << std::flush;
        }
    }

    return 0;
}
