// The module's calls in any order over a port that lies in any way: evidence only after a whole measurement with no write in between.
#include <cstring>

#include "attester.h"
#include "hash.h"
#include "input.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

constexpr std::size_t MostCalls = 64;
constexpr std::uint32_t LargestRegion = 0x3000;

struct Port
{
    Input input;
    mbedtls::ShaStream stream;
    std::vector<Region> regions;
    std::vector<Assembly> assemblies;
    std::uint32_t writes = 0;
    std::uint8_t flash = 0;
    bool fails = false;
};

Port& port_of(void* context)
{
    return *static_cast<Port*>(context);
}

void draw_regions(Port* port)
{
    port->regions.resize(port->input.byte() % (MaxRegions + 2));
    for (Region& region : port->regions)
    {
        const std::uint8_t kind = port->input.byte();
        const std::uint32_t length = static_cast<std::uint32_t>(port->input.number());
        region = {static_cast<Name>(kind % 8), kind >= 128, kind % 16 == 15 ? length | MaxRegionBytes : length % LargestRegion, 0x1000};
    }

    port->assemblies.resize(port->input.byte() % 4);
    for (Assembly& assembly : port->assemblies)
    {
        assembly = {static_cast<std::uintptr_t>(port->input.number()), static_cast<std::uint32_t>(port->input.number())};
    }
}

// The table is checked here as ops.h promises it to a port: an index that exists, bytes inside the region.
bool read(void* context, std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    const Port& port = port_of(context);
    require(index < port.regions.size(), "a region that exists");
    const Region& region = port.regions[index];
    require(count >= 1 && count <= ChunkBytes && offset <= region.length && count <= region.length - offset, "bytes that lie inside the region");
    require(view == View::Plain || region.encrypted, "the raw view of encrypted regions only");
    std::memset(bytes, port.flash, count);
    return !port.fails;
}

Ops ops_of(Port* port)
{
    Ops ops = {};
    ops.context = port;
    ops.region_count = [](void* context) { return port_of(context).regions.size(); };
    ops.region = [](void* context, std::size_t index, Region* region) {
        require(index < port_of(context).regions.size(), "a region that exists");
        *region = port_of(context).regions[index];
        return !port_of(context).fails;
    };
    ops.read = read;
    ops.region_writes = [](void* context) { return port_of(context).writes; };
    ops.loaded_assembly = [](void* context, std::size_t index, Assembly* assembly, bool* has) {
        *has = index < port_of(context).assemblies.size();
        *assembly = *has ? port_of(context).assemblies[index] : Assembly{};
        return true;
    };
    ops.hash_begin = [](void* context) { return port_of(context).stream.begin(); };
    ops.hash_update = [](void* context, const std::uint8_t* bytes, std::size_t count) { return port_of(context).stream.update(bytes, count); };
    ops.hash_finish = [](void* context, std::uint8_t* digest) { return port_of(context).stream.finish(digest); };
    ops.authenticate = [](void* context, Algorithm, const std::uint8_t*, std::size_t count, std::uint8_t* tag) {
        require(count <= MaxEvidenceBytes, "a structure of bounded size");
        std::memset(tag, 1, MacBytes);
        return !port_of(context).fails;
    };
    ops.identity = [](void*, Identity* identity) {
        identity->ueid[0] = 1;
        identity->algorithm = Algorithm::Hmac256;
        return true;
    };
    ops.boot_facts = [](void*, BootFacts* facts) {
        *facts = {Unknown, Unknown};
        return true;
    };
    ops.random = [](void* context, std::uint8_t* bytes, std::size_t count) {
        std::memset(bytes, 7, count);
        return !port_of(context).fails;
    };
    ops.next_boot = [](void*, std::uint64_t* count) {
        *count = 1;
        return true;
    };
    ops.uptime = [](void*, std::uint64_t* seconds) {
        *seconds = 1;
        return true;
    };
    return ops;
}

void finish(Attester* attester, Port* port, std::uint32_t writes_at_boot)
{
    const std::size_t capacity = MaxEvidenceBytes - 1 + port->input.byte() % 2;
    Guarded evidence(capacity);
    std::size_t length = 1;
    const Error error = attester->finish(evidence.data(), capacity, &length);
    require(evidence.is_untouched_outside(), "evidence stays inside its buffer");
    require((error == Error::Ok) == (length > 0) && length <= capacity, "a length belongs to success");
    require(error == Error::Ok || evidence.holds(Guarded::Canary), "after an error the buffer is untouched");
    require(error != Error::Ok || port->writes == writes_at_boot, "no evidence after a write");
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    Port port = {Input(data, count), {}, {}, {}};
    draw_regions(&port);
    const Ops ops = ops_of(&port);
    Attester attester(ops);
    std::uint32_t writes_at_boot = 0;
    std::uint8_t nonce[NonceBytes] = {};
    for (std::size_t i = 0; i < MostCalls && port.input.left() > 0; i++)
    {
        switch (port.input.byte() % 8)
        {
            case 0:
                writes_at_boot = port.writes;
                attester.boot();
                break;
            case 1: attester.begin(nonce); break;
            case 2: finish(&attester, &port, writes_at_boot); break;
            case 3: port.writes++; break;
            case 4: port.flash++; break; // past the flash driver
            case 5: port.fails = !port.fails; break;
            default: attester.step(); break;
        }
    }

    return 0;
}
