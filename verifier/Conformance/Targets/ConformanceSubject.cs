using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Conformance;

/// <summary>What is tested, and what is known of it. Whatever is left out makes the checks that need it not applicable.</summary>
public sealed record ConformanceSubject
{
    public required TargetKind Kind { get; init; }

    /// <summary>What enrolment fixes about the board.</summary>
    public DeviceIdentity? Device { get; init; }

    /// <summary>The board's key as it was enrolled.</summary>
    public DeviceKeyMaterial? Key { get; init; }

    /// <summary>Keys of other boards: none of them may be this board's.</summary>
    public IReadOnlyList<DeviceKeyMaterial> OtherKeys { get; init; } = [];

    /// <summary>The board's transport credential as text; null when it is not known. It must not be the key.</summary>
    public string? Credential { get; init; }

    /// <summary>The build under test.</summary>
    public ManifestFile? Manifest { get; init; }

    /// <summary>The build that an update brings.</summary>
    public ManifestFile? Newer { get; init; }

    /// <summary>The build that a rollback brings back.</summary>
    public ManifestFile? Older { get; init; }

    /// <summary>Digests of the files that were flashed, by region, computed apart from the manifest; empty when the files were not given.</summary>
    public IReadOnlyDictionary<string, string> FlashedDigests { get; init; } = new Dictionary<string, string>();

    /// <summary>The bill of materials; null when it was not given.</summary>
    public ReadOnlyMemory<byte>? Sbom { get; init; }

    /// <summary>Evidence from files, each with its challenge where that is known.</summary>
    public IReadOnlyList<EvidenceSample> Evidence { get; init; } = [];

    /// <summary>The way to the board; null for files.</summary>
    public IBoardLink? Link { get; init; }

    /// <summary>Who does the steps; null for files.</summary>
    public IBoardControl? Control { get; init; }

    public ConformanceTimes Times { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Makes the verifier that judges the board: device, key, reference values, clock. The one of this library, unless another one is tested.</summary>
    public Func<DeviceIdentity, IDeviceKey, ManufacturerReference, TimeProvider, IVerifierSide> CreateVerifier { get; init; } =
        static (device, key, reference, clock) => new BenchVerifier(device, key, reference, clock);
}
