#include "measurement.h"

#include <cstring>

#include "wipe.h"

namespace iotattest
{
namespace
{
bool is_sound(const Region& region)
{
    const bool is_named = region.name <= Name::Config;
    const bool is_sized = region.length > 0 && region.length <= MaxRegionBytes;
    return is_named && is_sized && (!region.encrypted || region.length % EncryptionBlockBytes == 0);
}

bool is_erased(const std::uint8_t* block)
{
    std::uint8_t all = 0xFF;
    for (std::size_t i = 0; i < EncryptionBlockBytes; i++)
    {
        all &= block[i];
    }

    return all == 0xFF;
}

// DESIGN.md section 3: erased flash decrypts to noise of this one device, so a block that is erased as the chip holds it measures as 0xFF.
bool mask_erased_blocks(const Ops& ops, std::size_t index, std::uint32_t offset, std::uint8_t* plain, std::size_t count)
{
    std::uint8_t raw[ChunkBytes];
    if (!ops.read(ops.context, index, View::Raw, offset, raw, count))
    {
        return false;
    }

    for (std::size_t at = 0; at < count; at += EncryptionBlockBytes)
    {
        if (is_erased(raw + at))
        {
            std::memset(plain + at, 0xFF, EncryptionBlockBytes);
        }
    }

    return true;
}

// Hashes `count` (1 to ChunkBytes) bytes of the region by way of `plain`.
Error hash_chunk(const Ops& ops, std::size_t index, bool encrypted, std::uint32_t offset, std::uint8_t* plain, std::size_t count)
{
    if (!ops.read(ops.context, index, View::Plain, offset, plain, count))
    {
        return Error::ReadFailed;
    }

    if (encrypted && !mask_erased_blocks(ops, index, offset, plain, count))
    {
        return Error::ReadFailed;
    }

    return ops.hash_update(ops.context, plain, count) ? Error::Ok : Error::HashFailed;
}
}

Error Measurement::begin(const Ops& ops, bool deployment_only)
{
    forget();
    const std::size_t regions = ops.region_count(ops.context);
    if (regions == 0 || regions > MaxRegions)
    {
        return Error::BadRegion;
    }

    unsigned seen = 0;
    std::size_t found = regions;
    for (std::size_t i = 0; i < regions; i++)
    {
        Region region;
        if (!ops.region(ops.context, i, &region) || !is_sound(region) || (seen & (1U << static_cast<unsigned>(region.name))) != 0)
        {
            return Error::BadRegion;
        }

        seen |= 1U << static_cast<unsigned>(region.name);
        found = region.name == Name::Deployment ? i : found;
    }

    if (found == regions)
    {
        return Error::BadRegion;
    }

    index_ = deployment_only ? found : 0;
    end_ = deployment_only ? found + 1 : regions;
    return Error::Ok;
}

Error Measurement::step(const Ops& ops)
{
    if (index_ >= end_)
    {
        return Error::NotMeasuring;
    }

    Region region;
    Error error = open_region(ops, &region);
    if (error == Error::Ok)
    {
        error = read_step(ops, region);
    }

    if (error == Error::Ok && offset_ == length_)
    {
        error = close_region(ops, region);
    }

    if (error != Error::Ok)
    {
        forget();
        return error;
    }

    return index_ == end_ ? Error::Ok : Error::More;
}

const std::uint8_t* Measurement::deployment() const
{
    for (std::size_t i = 0; i < count_; i++)
    {
        if (components_[i].name == Name::Deployment)
        {
            return components_[i].digest;
        }
    }

    return nullptr;
}

void Measurement::forget()
{
    wipe(this, sizeof *this);
}

Error Measurement::open_region(const Ops& ops, Region* region)
{
    if (!ops.region(ops.context, index_, region) || !is_sound(*region))
    {
        return Error::BadRegion;
    }

    if (offset_ == 0)
    {
        length_ = region->length;
        return ops.hash_begin(ops.context) ? Error::Ok : Error::HashFailed;
    }

    return region->length == length_ ? Error::Ok : Error::BadRegion;
}

Error Measurement::read_step(const Ops& ops, const Region& region)
{
    // Flash can hold secrets of the application; none of them stays on the stack.
    std::uint8_t plain[ChunkBytes];
    WipeAtEnd wiped(plain, sizeof plain);
    const std::uint32_t left = length_ - offset_;
    const std::uint32_t stop = offset_ + (left < StepBytes ? left : StepBytes);
    while (offset_ < stop)
    {
        const std::uint32_t rest = stop - offset_;
        const std::size_t count = rest < ChunkBytes ? rest : ChunkBytes;
        const Error error = hash_chunk(ops, index_, region.encrypted, offset_, plain, count);
        if (error != Error::Ok)
        {
            return error;
        }

        offset_ += static_cast<std::uint32_t>(count);
    }

    return Error::Ok;
}

Error Measurement::close_region(const Ops& ops, const Region& region)
{
    Component& component = components_[count_];
    component.name = region.name;
    if (!ops.hash_finish(ops.context, component.digest))
    {
        return Error::HashFailed;
    }

    count_++;
    index_++;
    offset_ = 0;
    return Error::Ok;
}
}
