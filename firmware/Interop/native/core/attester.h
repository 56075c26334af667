#pragma once

#include "error.h"
#include "measurement.h"
#include "ops.h"

namespace iotattest
{
// The whole of what the rest of the firmware may call. One static instance; its memory is all the module keeps. Calls come from the
// interpreter's thread only. Managed code reaches begin, step and finish; boot belongs to CLR start-up and to nothing else.
//
// Evidence states flash content. So that this is also what runs (DESIGN.md section 3): no evidence when anything was written to a measured
// region since boot() began, when the deployment is not what boot() saw, or when a loaded assembly does not lie in measured flash.
class Attester
{
public:
    explicit constexpr Attester(const Ops& ops) : ops_(ops) {}
    Attester(const Attester&) = delete;
    Attester& operator=(const Attester&) = delete;

    // At every CLR start, a CLR-only restart too, before any assembly is loaded. Blocks for the whole deployment. Counts the boot and
    // draws the boot seed. Ok, or BadRegion, ReadFailed, HashFailed, BootCounterFailed, RandomFailed, WrittenSinceBoot; then there is no evidence.
    Error boot();

    // Takes NonceBytes bytes and starts a full measurement; one that was under way is dropped.
    // Ok, BadArgument, NotBooted, WrittenSinceBoot, BadRegion.
    Error begin(const std::uint8_t* nonce);

    // Measures at most StepBytes. More, Ok when all is measured, else an error that ends the measurement:
    // NotMeasuring, WrittenSinceBoot, DeploymentChanged, BadRegion, ReadFailed, HashFailed.
    Error step();

    // Writes evidence for the nonce of begin; `capacity` is at least MaxEvidenceBytes. Ends the measurement whatever it answers.
    // Ok with *length 1 to MaxEvidenceBytes; else *length is 0 and `evidence` untouched: BadArgument, BufferTooSmall, NotMeasured,
    // WrittenSinceBoot, AssemblyOutside, BadRegion, BadClaims, AuthenticationFailed, TooLarge.
    Error finish(std::uint8_t* evidence, std::size_t capacity, std::size_t* length);

private:
    enum class State : std::uint8_t { Off, Ready, Measuring, Measured };

    Error measure_boot();
    Error check_step(Error step);
    Error make_evidence(std::uint8_t* evidence, std::size_t* length);
    Error check_assemblies() const;
    bool was_written() const { return ops_.region_writes(ops_.context) != writes_at_boot_; }
    void end_measurement();

    const Ops& ops_;
    Measurement measurement_;
    std::uint8_t boot_digest_[DigestBytes] = {};
    std::uint8_t boot_seed_[BootSeedBytes] = {};
    std::uint8_t nonce_[NonceBytes] = {};
    std::uint64_t boot_count_ = 0;
    std::uint32_t writes_at_boot_ = 0;
    State state_ = State::Off;
};
}
