using System.Collections.Frozen;
using System.Collections.Immutable;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>All builds of one manufacturer, indexed for matching. An immutable snapshot: a change makes a new one.</summary>
/// <remarks>Manifests of other organisations never enter: the issuer rule of DESIGN.md section 6 holds by construction.
/// A match costs one look-up by set hash, whatever the number of builds.</remarks>
public sealed class ManufacturerReference
{
    private readonly FrozenDictionary<(Guid Class, string SetHash), ReferenceBuild> _bySet;
    private readonly FrozenDictionary<string, ReferenceBuild> _byId;
    private readonly FrozenDictionary<string, ReferenceBuild> _bySetInAnyClass;
    private readonly FrozenDictionary<Guid, ImmutableArray<ReferenceBuild>> _byClass;
    private readonly FrozenDictionary<Guid, ImmutableArray<ReferenceBuild>> _patchable;
    private readonly FrozenSet<(Guid Class, string Name, string Digest)> _digests;

    /// <summary>Indexes the builds; where two have the same set in one class, one that a certificate names wins, then the later in the list.</summary>
    public ManufacturerReference(IReadOnlyCollection<ReferenceBuild> builds)
    {
        Dictionary<(Guid, string), ReferenceBuild> bySet = [];
        Dictionary<string, ReferenceBuild> bySetInAnyClass = [];
        foreach (ReferenceBuild build in builds)
        {
            // A second manifest with the same digests, not certified, must not take coverage away.
            (Guid, string) key = (build.ClassId, build.Measured.Hash);
            if (!build.Certificates.IsEmpty || !bySet.TryGetValue(key, out ReferenceBuild? earlier) || earlier.Certificates.IsEmpty)
            {
                bySet[key] = build;
            }

            bySetInAnyClass[build.Measured.Hash] = build;
        }

        _bySet = bySet.ToFrozenDictionary();
        _bySetInAnyClass = bySetInAnyClass.ToFrozenDictionary();
        _byId = builds.ToFrozenDictionary(build => build.Id);
        _byClass = builds.GroupBy(build => build.ClassId).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _patchable = builds
            .Where(build => build.Certificates.Any(certificate => certificate.PatchPolicy.Kind != PatchPolicyKind.None))
            .GroupBy(build => build.ClassId)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _digests = builds
            .SelectMany(build => build.Measured.Components.Select(component => (build.ClassId, component.Name, Hex(component))))
            .ToFrozenSet();
    }

    /// <summary>A manufacturer without any build.</summary>
    public static ManufacturerReference Empty { get; } = new([]);

    /// <summary>The builds of a class, oldest submission first.</summary>
    public ImmutableArray<ReferenceBuild> BuildsOf(Guid classId) => _byClass.GetValueOrDefault(classId, []);

    /// <summary>The build with this id, or null.</summary>
    public ReferenceBuild? Find(string? buildId) => buildId is null ? null : _byId.GetValueOrDefault(buildId);

    /// <summary>The builds of which this one is a patch and which a certificate with a patch policy names.</summary>
    public IEnumerable<ReferenceBuild> PatchedBy(ReferenceBuild patch) => _patchable.GetValueOrDefault(patch.ClassId, []).Where(patch.IsPatchOf);

    /// <summary>True when a build of the class has exactly this set.</summary>
    public bool Covers(Guid classId, string setHash) => _bySet.ContainsKey((classId, setHash));

    /// <summary>Matches by set equality: nothing missing, nothing extra, everything from one build.</summary>
    public BuildMatch Match(Guid classId, MeasuredSet measured)
    {
        if (_bySet.TryGetValue((classId, measured.Hash), out ReferenceBuild? build))
        {
            return new BuildMatch(build, Drift.None, HasReference: true);
        }

        ImmutableArray<ReferenceBuild> builds = BuildsOf(classId);
        if (_bySetInAnyClass.TryGetValue(measured.Hash, out ReferenceBuild? other))
        {
            return new BuildMatch(other, Drift.OtherModelBuild, HasReference: true);
        }

        return builds.IsEmpty
            ? new BuildMatch(null, Drift.UnknownMeasurement, HasReference: false)
            : new BuildMatch(null, ClassifyDifference(classId, measured, builds), HasReference: true);
    }

    private Drift ClassifyDifference(Guid classId, MeasuredSet measured, ImmutableArray<ReferenceBuild> builds)
    {
        Drift drift = Drift.None;
        bool hasKnownShape = builds.Any(build => build.Measured.HasSameNames(measured));
        if (!hasKnownShape)
        {
            drift |= Drift.ClaimMismatch;
        }

        // A component that no build of the class names is a mismatch of claims, not an unknown measurement of a known part.
        MeasuredComponent[] unknown = [.. measured.Components
            .Where(component => builds.Any(build => build.Measured.DigestOf(component.Name) is not null))
            .Where(component => !IsKnown(classId, component))];
        if (unknown.Length == 0)
        {
            return hasKnownShape ? Drift.MixedBuild : drift;
        }

        // Configuration that differs beside a build that is otherwise whole is not foreign firmware.
        bool onlyConfig = unknown is [{ Name: EvidenceProfile.Config }] && builds.Any(build => DiffersOnlyInConfig(build.Measured, measured));
        return drift | (onlyConfig ? Drift.ConfigDrift : Drift.UnknownMeasurement);
    }

    private bool IsKnown(Guid classId, MeasuredComponent component) => _digests.Contains((classId, component.Name, Hex(component)));

    private static bool DiffersOnlyInConfig(MeasuredSet reference, MeasuredSet measured) =>
        reference.HasSameNames(measured)
        && reference.Components.Zip(measured.Components).All(pair =>
            pair.First.Name == EvidenceProfile.Config || pair.First.Sha256.Span.SequenceEqual(pair.Second.Sha256.Span));

    private static string Hex(MeasuredComponent component) => Convert.ToHexStringLower(component.Sha256.Span);
}
