using System.Collections.Immutable;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>A build as appraisal sees it: one signed manifest and the certificates that name it.</summary>
/// <param name="Id">The build id: the manifest's CoRIM id as a UUID.</param>
/// <param name="ClassId">The product class.</param>
/// <param name="Manufacturer">The organisation that signed the manifest.</param>
/// <param name="Version">Version text.</param>
/// <param name="SecurityVersion">Grows when older builds must no longer run.</param>
/// <param name="Measured">Every component with its digest.</param>
/// <param name="Certificates">All certificates that name the manifest, in force or not.</param>
/// <param name="AcceptedUntil">End of the acceptance window of a superseded or retired build; null while it is neither.</param>
public sealed record ReferenceBuild(
    string Id,
    Guid ClassId,
    string Manufacturer,
    string Version,
    ulong SecurityVersion,
    MeasuredSet Measured,
    ImmutableArray<CoveringCertificate> Certificates,
    DateTimeOffset? AcceptedUntil = null)
{
    /// <summary>When the manufacturer took the build back for ever; null while it stands behind it.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Names the set of assemblies in the deployment (<see cref="Corim.BuildManifest.AssembliesHash"/>); null when not known.</summary>
    public string? AssembliesHash { get; init; }
}
