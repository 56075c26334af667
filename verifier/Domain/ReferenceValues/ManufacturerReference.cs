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
    private readonly LayeredIndex<(Guid Class, string SetHash), ReferenceBuild> _bySet;
    private readonly LayeredIndex<string, ReferenceBuild> _byId;
    private readonly LayeredIndex<string, ReferenceBuild> _bySetInAnyClass;
    private readonly LayeredIndex<Guid, ImmutableArray<ReferenceBuild>> _byClass;
    private readonly LayeredIndex<(Guid Class, string AssembliesHash), ImmutableArray<ReferenceBuild>> _byAssemblies;
    private readonly LayeredIndex<(Guid Class, string Name, string Digest), bool> _digests;
    private readonly FrozenDictionary<Guid, ImmutableArray<ReferenceBuild>> _patchable;
    private readonly ReferenceTerms _terms;

    /// <summary>Indexes the builds; where two have the same set in one class, one that a certificate names wins, then the later in the list.</summary>
    /// <param name="builds">All builds of the manufacturer, oldest submission first.</param>
    /// <param name="minimums">Minimum security version by class; a class without one has 0.</param>
    /// <param name="supports">Last moment of support by class; a class without one has no known end.</param>
    public ManufacturerReference(
        IReadOnlyCollection<ReferenceBuild> builds,
        IReadOnlyDictionary<Guid, ulong>? minimums = null,
        IReadOnlyDictionary<Guid, DateTimeOffset>? supports = null)
    {
        Dictionary<(Guid, string), ReferenceBuild> bySet = [];
        Dictionary<string, ReferenceBuild> bySetInAnyClass = [];
        foreach (ReferenceBuild build in builds)
        {
            (Guid, string) key = SetKey(build);
            bySet[key] = Preferred(bySet.GetValueOrDefault(key), build);
            bySetInAnyClass[build.Measured.Hash] = build;
        }

        _bySet = new(bySet);
        _bySetInAnyClass = new(bySetInAnyClass);
        _byId = new(builds.Select(build => KeyValuePair.Create(build.Id, build)));
        _byClass = new(builds.GroupBy(build => build.ClassId).Select(group => KeyValuePair.Create(group.Key, group.ToImmutableArray())));
        _byAssemblies = new(builds.Where(build => build.AssembliesHash is not null)
            .GroupBy(build => (build.ClassId, build.AssembliesHash!))
            .Select(group => KeyValuePair.Create(group.Key, group.ToImmutableArray())));
        _patchable = builds
            .Where(build => build.Certificates.Any(certificate => certificate.PatchPolicy.Kind != PatchPolicyKind.None))
            .GroupBy(build => build.ClassId)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _digests = new(builds.SelectMany(DigestKeys).Distinct().Select(key => KeyValuePair.Create(key, true)));
        _terms = new ReferenceTerms(
            (minimums ?? FrozenDictionary<Guid, ulong>.Empty).ToFrozenDictionary(),
            (supports ?? FrozenDictionary<Guid, DateTimeOffset>.Empty).ToFrozenDictionary(),
            FrozenDictionary<string, ImmutableArray<string>>.Empty).WithAdvisories(AdvisoriesOf(builds));
    }

    private ManufacturerReference(ManufacturerReference earlier, ReferenceBuild added)
    {
        (Guid, string) key = SetKey(added);
        _bySet = earlier._bySet.With(key, Preferred(earlier._bySet.Find(key), added));
        _bySetInAnyClass = earlier._bySetInAnyClass.With(added.Measured.Hash, added);
        _byId = earlier._byId.With(added.Id, added);
        _byClass = earlier._byClass.With(added.ClassId, earlier.BuildsOf(added.ClassId).Add(added));
        _byAssemblies = added.AssembliesHash is { } assemblies
            ? earlier._byAssemblies.With((added.ClassId, assemblies), earlier.WithAssemblies(added.ClassId, assemblies).Add(added))
            : earlier._byAssemblies;
        _digests = DigestKeys(added).Aggregate(earlier._digests, (digests, digest) => digests.With(digest, true));
        _patchable = earlier._patchable;
        _terms = added.Advisories.IsEmpty ? earlier._terms : earlier._terms.WithAdvisories([.. earlier._terms.Advisories, .. AdvisoriesOf([added])]);
    }

    private ManufacturerReference(ManufacturerReference earlier, ReferenceTerms terms)
    {
        _bySet = earlier._bySet;
        _bySetInAnyClass = earlier._bySetInAnyClass;
        _byId = earlier._byId;
        _byClass = earlier._byClass;
        _byAssemblies = earlier._byAssemblies;
        _digests = earlier._digests;
        _patchable = earlier._patchable;
        _terms = terms;
    }

    /// <summary>A manufacturer without any build.</summary>
    public static ManufacturerReference Empty { get; } = new([]);

    /// <summary>The same builds and a new one, submitted last, that no certificate names yet; what is there already stays as it is. Costs
    /// about the same whatever the number of builds.</summary>
    /// <exception cref="ArgumentException">Certificates name the build: it is not new.</exception>
    public ManufacturerReference With(ReferenceBuild added)
    {
        ArgumentNullException.ThrowIfNull(added);
        if (!added.Certificates.IsEmpty)
        {
            throw new ArgumentException($"Build {added.Id} has certificates; make the reference from all builds.", nameof(added));
        }

        return Find(added.Id) is null ? new ManufacturerReference(this, added) : this;
    }

    /// <summary>The same builds with another minimum security version for one class.</summary>
    public ManufacturerReference WithMinimum(Guid classId, ulong securityVersion) => new(this, _terms.WithMinimum(classId, securityVersion));

    /// <summary>The same builds with another end of support for one class.</summary>
    public ManufacturerReference WithSupport(Guid classId, DateTimeOffset until) => new(this, _terms.WithSupport(classId, until));

    /// <summary>The same builds with other advisories; costs the same whatever the number of builds.</summary>
    /// <param name="advisories">By build id, the ids of all advisories that mark it affected and not resolved. A build that is not in it has none.</param>
    public ManufacturerReference WithAdvisories(IReadOnlyDictionary<string, ImmutableArray<string>> advisories) => new(this, _terms.WithAdvisories(advisories));

    /// <summary>The builds of a class, oldest submission first, as they were given: ask <see cref="Find"/> for the advisories of one.</summary>
    public ImmutableArray<ReferenceBuild> BuildsOf(Guid classId) => _byClass.TryGet(classId, out ImmutableArray<ReferenceBuild> builds) ? builds : [];

    /// <summary>The lowest security version that a build of the class may have to be accepted; 0 when none was set.</summary>
    public ulong MinimumSecurityVersionOf(Guid classId) => _terms.Minimums.GetValueOrDefault(classId);

    /// <summary>The last moment at which the class is supported; null when no end is known.</summary>
    public DateTimeOffset? SupportUntilOf(Guid classId) => _terms.Supports.TryGetValue(classId, out DateTimeOffset until) ? until : null;

    /// <summary>The build with this id, or null.</summary>
    public ReferenceBuild? Find(string? buildId) => buildId is not null && _byId.TryGet(buildId, out ReferenceBuild? build) ? _terms.Mark(build) : null;

    /// <summary>The builds of which this one is a patch and which a certificate with a patch policy names.</summary>
    public IEnumerable<ReferenceBuild> PatchedBy(ReferenceBuild patch) => _patchable.GetValueOrDefault(patch.ClassId, []).Where(patch.IsPatchOf);

    /// <summary>True when a build of the class has exactly this set.</summary>
    public bool Covers(Guid classId, string setHash) => _bySet.TryGet((classId, setHash), out _);

    /// <summary>Matches by set equality: nothing missing, nothing extra, everything from one build.</summary>
    public BuildMatch Match(Guid classId, MeasuredSet measured)
    {
        if (_bySet.TryGet((classId, measured.Hash), out ReferenceBuild? build))
        {
            return new BuildMatch(_terms.Mark(build), Drift.None, HasReference: true);
        }

        ImmutableArray<ReferenceBuild> builds = BuildsOf(classId);
        if (_bySetInAnyClass.TryGet(measured.Hash, out ReferenceBuild? other))
        {
            return new BuildMatch(_terms.Mark(other), Drift.OtherModelBuild, HasReference: true);
        }

        return builds.IsEmpty
            ? new BuildMatch(null, Drift.UnknownMeasurement, HasReference: false)
            : new BuildMatch(null, ClassifyDifference(classId, measured, builds), HasReference: true);
    }

    /// <summary>Other builds of the class that differ from this one in nothing but how the same assemblies lie in the deployment region:
    /// another order, or residue around them. Both manifests are signed, so nothing is guessed from a digest.</summary>
    public IEnumerable<ReferenceBuild> OtherLayoutsOf(ReferenceBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return build.AssembliesHash is null
            ? []
            : WithAssemblies(build.ClassId, build.AssembliesHash).Where(other => DiffersOnlyIn(EvidenceProfile.Deployment, other.Measured, build.Measured));
    }

    private static (Guid Class, string SetHash) SetKey(ReferenceBuild build) => (build.ClassId, build.Measured.Hash);

    // A second manifest with the same digests, not certified, must not take coverage away.
    private static ReferenceBuild Preferred(ReferenceBuild? earlier, ReferenceBuild later) =>
        earlier is null || !later.Certificates.IsEmpty || earlier.Certificates.IsEmpty ? later : earlier;

    private static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> AdvisoriesOf(IEnumerable<ReferenceBuild> builds) =>
        builds.Where(build => !build.Advisories.IsDefaultOrEmpty).DistinctBy(build => build.Id).Select(build => KeyValuePair.Create(build.Id, build.Advisories));

    private static IEnumerable<(Guid Class, string Name, string Digest)> DigestKeys(ReferenceBuild build) =>
        build.Measured.Components.Select(component => (build.ClassId, component.Name, Hex(component)));

    private ImmutableArray<ReferenceBuild> WithAssemblies(Guid classId, string assembliesHash) =>
        _byAssemblies.TryGet((classId, assembliesHash), out ImmutableArray<ReferenceBuild> builds) ? builds : [];

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
        bool onlyConfig = unknown is [{ Name: EvidenceProfile.Config }] && builds.Any(build => DiffersOnlyIn(EvidenceProfile.Config, build.Measured, measured));
        return drift | (onlyConfig ? Drift.ConfigDrift : Drift.UnknownMeasurement);
    }

    private bool IsKnown(Guid classId, MeasuredComponent component) => _digests.TryGet((classId, component.Name, Hex(component)), out _);

    private static bool DiffersOnlyIn(string name, MeasuredSet reference, MeasuredSet measured) =>
        reference.Hash != measured.Hash
        && reference.HasSameNames(measured)
        && reference.Components.Zip(measured.Components).All(pair =>
            pair.First.Name == name || pair.First.Sha256.Span.SequenceEqual(pair.Second.Sha256.Span));

    private static string Hex(MeasuredComponent component) => Convert.ToHexStringLower(component.Sha256.Span);
}
