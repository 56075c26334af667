using System.Collections.Immutable;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

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

    /// <summary>When its manifest was submitted: the window of a patch policy counts from here.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Ids of the advisories that mark the build as affected and are not resolved.</summary>
    public ImmutableArray<string> Advisories { get; init; } = [];

    /// <summary>True for a patch of that build: same class, components and configuration, higher security version. That the manufacturer signed it
    /// is so by construction.</summary>
    public bool IsPatchOf(ReferenceBuild certified) =>
        ClassId == certified.ClassId
        && SecurityVersion > certified.SecurityVersion
        && Measured.HasSameNames(certified.Measured)
        && HasSameConfig(certified);

    // Both without a measured configuration: nothing about it was certified, nothing about it can differ.
    private bool HasSameConfig(ReferenceBuild certified) => (Measured.DigestOf(EvidenceProfile.Config), certified.Measured.DigestOf(EvidenceProfile.Config)) switch
    {
        ({ } mine, { } certifiedOne) => mine.Span.SequenceEqual(certifiedOne.Span),
        (null, null) => true,
        _ => false,
    };
}
