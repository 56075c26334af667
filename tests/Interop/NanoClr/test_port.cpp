#include "test_port.h"

#include <cstring>
#include <mbedtls/md.h>
#include <mbedtls/sha256.h>

#include "port.h"

namespace test
{
alignas(4) std::array<std::uint8_t, FlashBytes> flash;
bool is_provisioned = true;

namespace
{
using namespace iotattest;

constexpr std::uint8_t Key[] = "a key of a test, of 32 bytes....";

mbedtls_sha256_context stream;
std::uint64_t boots = 41;

std::size_t region_count(void*)
{
    return 2;
}

bool region(void*, std::size_t index, Region* region)
{
    const bool is_clr = index == 0;
    const std::size_t offset = is_clr ? 0 : ClrBytes;
    *region = {is_clr ? Name::Clr : Name::Deployment, false, is_clr ? ClrBytes : DeploymentBytes, reinterpret_cast<std::uintptr_t>(flash.data()) + offset};
    return index < 2;
}

bool read(void*, std::size_t index, View, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    std::memcpy(bytes, flash.data() + (index == 0 ? 0 : ClrBytes) + offset, count);
    return true;
}

bool hash_begin(void*)
{
    mbedtls_sha256_init(&stream);
    return mbedtls_sha256_starts_ret(&stream, 0) == 0;
}

bool hash_update(void*, const std::uint8_t* bytes, std::size_t count)
{
    return mbedtls_sha256_update_ret(&stream, bytes, count) == 0;
}

bool hash_finish(void*, std::uint8_t digest[DigestBytes])
{
    return mbedtls_sha256_finish_ret(&stream, digest) == 0;
}

bool authenticate(void*, Algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    return mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), Key, 32, structure, count, tag) == 0;
}

bool identity(void*, Identity* identity)
{
    if (is_provisioned)
    {
        *identity = {};
        std::memset(identity->ueid, 0xA5, sizeof identity->ueid);
        identity->ueid[0] = 1;
        std::memset(identity->hardware_model, 0x11, sizeof identity->hardware_model);
        std::memset(identity->key_id, 0x22, sizeof identity->key_id);
        identity->oem_id = 32473;
        identity->algorithm = Algorithm::Hmac256;
    }

    return is_provisioned;
}

bool boot_facts(void*, BootFacts* facts)
{
    *facts = {1, 2};
    return true;
}

bool random(void*, std::uint8_t* bytes, std::size_t count)
{
    std::memset(bytes, 7, count);
    return true;
}

bool next_boot(void*, std::uint64_t* count)
{
    *count = ++boots;
    return true;
}
}
}

namespace iotattest
{
const Ops& iotattest_port_ops()
{
    using namespace test;
    static constexpr Ops ops = {nullptr, region_count, region, read, clr_region_writes, clr_loaded_assembly, hash_begin, hash_update, hash_finish,
        authenticate, identity, boot_facts, test::random, next_boot, clr_uptime};
    return ops;
}

bool iotattest_port_measures(std::uint32_t address, std::uint32_t)
{
    return address < test::MeasuredBytes;
}
}
