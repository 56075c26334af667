#include "attester.h"

#include <cstring>

#include "evidence.h"
#include "wipe.h"

namespace iotattest
{
namespace
{
// Whether an assembly lies in one region as a whole: a header inside and code behind the end would be executed unmeasured.
bool lies_in(const Assembly& assembly, const Region& region)
{
    if (region.address == 0 || assembly.address < region.address)
    {
        return false;
    }

    const std::uintptr_t offset = assembly.address - region.address;
    return offset < region.length && assembly.length > 0 && assembly.length <= region.length - offset;
}

bool lies_in_any(const Ops& ops, const Assembly& assembly)
{
    const std::size_t regions = ops.region_count(ops.context);
    for (std::size_t i = 0; i < regions && i < MaxRegions; i++)
    {
        Region region;
        if (ops.region(ops.context, i, &region) && lies_in(assembly, region))
        {
            return true;
        }
    }

    return false;
}
}

Error Attester::boot()
{
    end_measurement();
    state_ = State::Off;
    writes_at_boot_ = ops_.region_writes(ops_.context);
    const Error error = measure_boot();
    end_measurement();
    if (error != Error::Ok)
    {
        return error;
    }

    if (!ops_.next_boot(ops_.context, &boot_count_))
    {
        return Error::BootCounterFailed;
    }

    if (!ops_.random(ops_.context, boot_seed_, sizeof boot_seed_))
    {
        return Error::RandomFailed;
    }

    if (was_written())
    {
        return Error::WrittenSinceBoot;
    }

    state_ = State::Ready;
    return Error::Ok;
}

Error Attester::begin(const std::uint8_t* nonce)
{
    end_measurement();
    if (state_ == State::Off)
    {
        return Error::NotBooted;
    }

    if (nonce == nullptr)
    {
        return Error::BadArgument;
    }

    if (was_written())
    {
        return Error::WrittenSinceBoot;
    }

    const Error error = measurement_.begin(ops_, false);
    if (error == Error::Ok)
    {
        std::memcpy(nonce_, nonce, NonceBytes); // now: managed code may change its array between the steps
        state_ = State::Measuring;
    }

    return error;
}

Error Attester::step()
{
    if (state_ != State::Measuring)
    {
        return Error::NotMeasuring;
    }

    // Asked after reading, so that a write during the read counts; a write before it has moved the counter just the same.
    const Error error = check_step(measurement_.step(ops_));
    if (error == Error::Ok)
    {
        state_ = State::Measured;
    }
    else if (error != Error::More)
    {
        end_measurement();
    }

    return error;
}

Error Attester::finish(std::uint8_t* evidence, std::size_t capacity, std::size_t* length)
{
    if (length == nullptr)
    {
        end_measurement();
        return Error::BadArgument;
    }

    *length = 0;
    Error error = state_ == State::Measured ? Error::Ok : Error::NotMeasured;
    if (error == Error::Ok && evidence == nullptr)
    {
        error = Error::BadArgument;
    }
    else if (error == Error::Ok && capacity < MaxEvidenceBytes)
    {
        error = Error::BufferTooSmall;
    }
    else if (error == Error::Ok)
    {
        error = make_evidence(evidence, length);
    }

    end_measurement();
    return error;
}

Error Attester::measure_boot()
{
    Error error = measurement_.begin(ops_, true);
    if (error != Error::Ok)
    {
        return error;
    }

    do
    {
        error = measurement_.step(ops_);
    } while (error == Error::More);

    if (error == Error::Ok)
    {
        std::memcpy(boot_digest_, measurement_.deployment(), DigestBytes);
    }

    return error;
}

Error Attester::check_step(Error step)
{
    if (was_written())
    {
        return Error::WrittenSinceBoot;
    }

    if (step != Error::Ok)
    {
        return step;
    }

    const std::uint8_t* deployment = measurement_.deployment();
    const bool is_same = deployment != nullptr && std::memcmp(deployment, boot_digest_, DigestBytes) == 0; // digests are public
    return is_same ? Error::Ok : Error::DeploymentChanged;
}

Error Attester::make_evidence(std::uint8_t* evidence, std::size_t* length)
{
    // Assembled in native memory: an array of managed code could be the target of a transfer that runs meanwhile.
    std::uint8_t message[MaxEvidenceBytes];
    WipeAtEnd wiped(message, sizeof message);
    Identity identity = {};
    Claims claims = {nonce_, boot_seed_, boot_count_, 0, {Unknown, Unknown}, measurement_.components(), measurement_.component_count()};
    if (!ops_.identity(ops_.context, &identity) || !ops_.boot_facts(ops_.context, &claims.facts) || !ops_.uptime(ops_.context, &claims.uptime_seconds))
    {
        return Error::BadClaims;
    }

    Error error = check_assemblies();
    std::size_t written = 0;
    if (error == Error::Ok)
    {
        error = write_evidence(ops_, identity, claims, message, sizeof message, &written);
    }

    if (error == Error::Ok && was_written())
    {
        error = Error::WrittenSinceBoot;
    }

    if (error == Error::Ok)
    {
        std::memcpy(evidence, message, written);
        *length = written;
    }

    return error;
}

Error Attester::check_assemblies() const
{
    for (std::size_t i = 0; i < MaxAssemblies; i++)
    {
        Assembly assembly;
        bool has = false;
        if (!ops_.loaded_assembly(ops_.context, i, &assembly, &has))
        {
            return Error::AssemblyOutside;
        }

        if (!has)
        {
            return Error::Ok;
        }

        if (!lies_in_any(ops_, assembly))
        {
            return Error::AssemblyOutside;
        }
    }

    return Error::AssemblyOutside; // more than are checked
}

void Attester::end_measurement()
{
    measurement_.forget();
    wipe(nonce_, sizeof nonce_);
    state_ = state_ == State::Off ? State::Off : State::Ready;
}
}
