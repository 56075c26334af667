// Sizes that docs/protocol.md fixes, and the limits of this module. All in bytes unless the name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest
{
constexpr std::size_t DigestBytes = 32;
constexpr std::size_t NonceBytes = 32;
constexpr std::size_t UeidBytes = 17;
constexpr std::size_t BootSeedBytes = 16;
constexpr std::size_t HardwareModelBytes = 16;
constexpr std::size_t OemIdBytes = 16;
constexpr std::size_t KeyIdBytes = 8;
constexpr std::size_t MacBytes = 32;
constexpr std::size_t SignatureBytes = 64;
constexpr std::size_t MaxTextBytes = 64;

// The profile allows 16 components, but has six names, and each may stand once.
constexpr std::size_t MaxComponents = 6;

// What a native board measures: every name but `inventory`, which is for self-reported boards only.
constexpr std::size_t MaxRegions = 5;

// Largest region: 64 MiB, beyond any flash a listed board has.
constexpr std::uint32_t MaxRegionBytes = 0x4000000;

// Flash encryption works on aligned blocks of this size (DESIGN.md section 3).
constexpr std::size_t EncryptionBlockBytes = 32;

// One read of flash, twice on the stack when the region is encrypted.
constexpr std::size_t ChunkBytes = 256;

// At most this much flash is measured between two returns to the interpreter.
constexpr std::uint32_t StepBytes = 4096;

// Loaded assemblies that are checked; a board that lists more gets an error.
constexpr std::size_t MaxAssemblies = 128;

// Largest evidence of five components with every optional claim at its longest: 761. The profile's own bound is 2048.
constexpr std::size_t MaxEvidenceBytes = 768;

static_assert(ChunkBytes % EncryptionBlockBytes == 0, "a chunk holds whole blocks");
static_assert(StepBytes % ChunkBytes == 0, "a step holds whole chunks");
}
