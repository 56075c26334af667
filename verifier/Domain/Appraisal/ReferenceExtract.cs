using System.Collections.Immutable;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>What the reference values say about one board: all that appraisal takes from them. Kept with a verdict, it lets the verdict be
/// computed again when builds and certificates have long changed.</summary>
public sealed class ReferenceExtract
{
    private readonly ManufacturerReference? _reference;
    private readonly DateTimeOffset _now;
    private ImmutableArray<CoveringCertificate>? _patched;
    private ImmutableArray<CoveringCertificate>? _layouts;

    /// <summary>An extract that was kept.</summary>
    /// <param name="match">What comparing gave.</param>
    /// <param name="patched">See <see cref="PatchedCertificates"/>.</param>
    /// <param name="layouts">See <see cref="LayoutCertificates"/>.</param>
    public ReferenceExtract(BuildMatch match, ImmutableArray<CoveringCertificate> patched, ImmutableArray<CoveringCertificate> layouts)
    {
        Match = match;
        _patched = patched;
        _layouts = layouts;
    }

    private ReferenceExtract(BuildMatch match, ManufacturerReference reference, DateTimeOffset now)
    {
        Match = match;
        _reference = reference;
        _now = now;
    }

    /// <summary>What comparing the measured set with the reference values gave.</summary>
    public BuildMatch Match { get; }

    /// <summary>A measured set that made the board's firmware unknown is covered by no manifest.</summary>
    public bool HasUncoveredSets { get; init; }

    /// <summary>The lowest security version that the matched build's class accepts.</summary>
    public ulong MinimumSecurityVersion { get; init; }

    /// <summary>Last moment of support of the board's class; null when no end is known.</summary>
    public DateTimeOffset? SupportUntil { get; init; }

    /// <summary>Last moment at which the certificates of all components of the class and of the matched build are in force: past when one of them
    /// is not, null when no end is known.</summary>
    public DateTimeOffset? ComponentsUntil { get; init; }

    /// <summary>The build whose digests are shown as expected; null when the class has none.</summary>
    public ReferenceBuild? Compared { get; init; }

    /// <summary>Certificates with a patch policy of the builds that the matched one patches. They have begun and no decision ended them; whether
    /// they cover the patch now is for the clock to say.</summary>
    public ImmutableArray<CoveringCertificate> PatchedCertificates => _patched ??= OwnBuild is { } patch
        ? [.. Standing(_reference!.PatchedBy(patch)).Where(certificate => certificate.PatchPolicy.Kind != PatchPolicyKind.None)]
        : [];

    /// <summary>Certificates of builds that hold the same assemblies in another layout. They have begun and no decision ended them: that one runs
    /// out must not make a board look better.</summary>
    public ImmutableArray<CoveringCertificate> LayoutCertificates => _layouts ??= OwnBuild is { } build ? [.. Standing(_reference!.OtherLayoutsOf(build))] : [];

    private ReferenceBuild? OwnBuild => Match.Drift == Drift.None ? Match.Build : null;

    /// <summary>Takes the extract.</summary>
    /// <param name="device">What enrolment fixed.</param>
    /// <param name="facts">What the last accepted evidence said.</param>
    /// <param name="reference">The builds of the board's manufacturer.</param>
    /// <param name="now">The verifier's time.</param>
    public static ReferenceExtract Of(DeviceIdentity device, DeviceFacts facts, ManufacturerReference reference, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(reference);
        BuildMatch match = facts.Measured is null ? new BuildMatch(null, Drift.None, HasReference: false) : reference.Match(device.ClassId, facts.Measured);
        return new ReferenceExtract(match, reference, now)
        {
            HasUncoveredSets = facts.UnknownSets.Any(set => !reference.Covers(device.ClassId, set)),
            MinimumSecurityVersion = match.Build is { } build ? reference.MinimumSecurityVersionOf(build.ClassId) : 0,
            SupportUntil = reference.SupportUntilOf(device.ClassId),
            ComponentsUntil = reference.ComponentsUntilOf(device.ClassId, match.Build?.Id),
            Compared = match.Build ?? reference.Find(facts.LastBuild) ?? reference.LatestOf(device.ClassId),
        };
    }

    private IEnumerable<CoveringCertificate> Standing(IEnumerable<ReferenceBuild> builds) => builds
        .SelectMany(build => build.Certificates)
        .Where(certificate => certificate.Status is CertificateStatus.Certified or CertificateStatus.Superseded && _now >= certificate.ValidFrom);
}
