#pragma once

#include "error.h"
#include "ops.h"

namespace iotattest
{
struct Component
{
    Name name;
    std::uint8_t digest[DigestBytes];
};

// SHA-256 of measured regions, in steps of at most StepBytes so that threads and MQTT stay alive between them.
// Digests whole regions, erased tail included. Holds no heap and no flash; StepBytes are read through ChunkBytes on the stack.
class Measurement
{
public:
    // Starts over all regions of the port (1 to MaxRegions, names unique, one of them the deployment, none the inventory),
    // or over the deployment alone. Ok or BadRegion.
    Error begin(const Ops& ops, bool deployment_only);

    // More, Ok when the last region is done, or BadRegion, ReadFailed, HashFailed.
    Error step(const Ops& ops);

    // Valid after step said Ok: component_count() is 1 to MaxRegions, in the order of the region list.
    std::size_t component_count() const { return count_; }
    const Component* components() const { return components_; }

    // Digest of the deployment; null when it was not measured.
    const std::uint8_t* deployment() const;

    void forget();

private:
    Error open_region(const Ops& ops, Region* region);
    Error read_step(const Ops& ops, const Region& region);
    Error close_region(const Ops& ops, const Region& region);

    Component components_[MaxRegions] = {};
    std::size_t count_ = 0;    // regions that are done
    std::size_t index_ = 0;    // region in work
    std::size_t end_ = 0;      // region after the last one
    std::uint32_t offset_ = 0; // bytes of it that are hashed
    std::uint32_t length_ = 0; // its length when it was opened
};
}
