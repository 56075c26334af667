using System.Collections.Frozen;
using System.Collections.Immutable;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>All builds of one manufacturer, indexed for matching. An immutable snapshot: a change makes a new one.</summary>
/// <remarks>Manifests of other organisations never enter: the issuer rule of DESIGN.md section 6 holds by construction.
/// A match costs one look-up by set hash, whatever the number of builds.</remarks>
public sealed class ManufacturerReference
{
    private LayeredIndex<string, Entry> _byId;
    private LayeredIndex<(Guid Class, string SetHash), SameSet> _bySet;
    private LayeredIndex<string, string> _bySetInAnyClass;
    private LayeredIndex<(Guid Class, string AssembliesHash), ImmutableList<string>> _byAssemblies;
    private ImmutableDictionary<Guid, ImmutableList<string>> _byClass;
    private DigestIndex _digests;
    private PatchIndex _patchable;
    private ReferenceTerms _terms;
    private int _submitted;

    /// <summary>Indexes the builds; where two have the same set in one class, one that a certificate names wins, then the later in the list.</summary>
    /// <param name="builds">All builds of the manufacturer, each id once, oldest submission first.</param>
    /// <param name="minimums">Minimum security version by class; a class without one has 0.</param>
    /// <param name="supports">Last moment of support by class; a class without one has no known end.</param>
    /// <param name="components">Last moment at which the certificates of all components are in force, by class (build null) and by build of it.</param>
    public ManufacturerReference(
        IReadOnlyCollection<ReferenceBuild> builds,
        IReadOnlyDictionary<Guid, ulong>? minimums = null,
        IReadOnlyDictionary<Guid, DateTimeOffset>? supports = null,
        IReadOnlyDictionary<(Guid Class, string? Build), DateTimeOffset>? components = null)
    {
        Dictionary<string, Entry> byId = new(builds.Count, StringComparer.Ordinal);
        Dictionary<(Guid, string), SameSet> bySet = new(builds.Count);
        Dictionary<string, string> bySetInAnyClass = new(builds.Count, StringComparer.Ordinal);
        foreach (ReferenceBuild build in builds)
        {
            byId[build.Id] = new Entry(build, _submitted++);
            bySet[SetKey(build)] = bySet.TryGetValue(SetKey(build), out SameSet same) ? same.Add(build) : SameSet.Of(build);
            bySetInAnyClass[build.Measured.Hash] = build.Id;
        }

        _byId = new(byId);
        _bySet = new(bySet);
        _bySetInAnyClass = new(bySetInAnyClass);
        _byAssemblies = new(builds.Where(build => build.AssembliesHash is not null)
            .GroupBy(AssembliesKey, build => build.Id)
            .ToDictionary(group => group.Key, group => group.ToImmutableList()));
        _byClass = builds.GroupBy(build => build.ClassId, build => build.Id).ToImmutableDictionary(group => group.Key, group => group.ToImmutableList());
        _digests = new DigestIndex(builds);
        _patchable = new PatchIndex(byId.Values.Select(entry => (entry.Build, entry.Ordinal)));
        _terms = new ReferenceTerms(
            (minimums ?? FrozenDictionary<Guid, ulong>.Empty).ToFrozenDictionary(),
            (supports ?? FrozenDictionary<Guid, DateTimeOffset>.Empty).ToFrozenDictionary(),
            (components ?? ImmutableDictionary<(Guid, string?), DateTimeOffset>.Empty).ToImmutableDictionary(),
            FrozenDictionary<string, ImmutableArray<string>>.Empty).WithAdvisories(AdvisoriesOf(builds));
    }

    /// <summary>A manufacturer without any build.</summary>
    public static ManufacturerReference Empty { get; } = new([]);

    /// <summary>How many builds there are.</summary>
    public int Count => _submitted;

    /// <summary>The same builds and a new one, submitted last; what is there already stays as it is. Costs about the same whatever the
    /// number of builds.</summary>
    public ManufacturerReference With(ReferenceBuild added)
    {
        ArgumentNullException.ThrowIfNull(added);
        if (_byId.Contains(added.Id))
        {
            return this;
        }

        ManufacturerReference next = (ManufacturerReference)MemberwiseClone();
        (Guid, string) key = SetKey(added);
        next._byId = _byId.With(added.Id, new Entry(added, _submitted));
        next._bySet = _bySet.With(key, _bySet.TryGet(key, out SameSet same) ? same.Add(added) : SameSet.Of(added));
        next._bySetInAnyClass = _bySetInAnyClass.With(added.Measured.Hash, added.Id);
        next._byClass = _byClass.SetItem(added.ClassId, _byClass.GetValueOrDefault(added.ClassId, []).Add(added.Id));
        next._byAssemblies = added.AssembliesHash is null ? _byAssemblies : _byAssemblies.With(AssembliesKey(added), (_byAssemblies.Find(AssembliesKey(added)) ?? []).Add(added.Id));
        next._digests = _digests.With(added);
        next._patchable = _patchable.With(added, _submitted);
        next._terms = added.Advisories.IsEmpty ? _terms : _terms.WithAdvisories([.. _terms.Advisories, .. AdvisoriesOf([added])]);
        next._submitted = _submitted + 1;
        return next;
    }

    /// <summary>The same builds, one of them as it is now: superseded, retired, certified, or its certificates decided about. Costs about the
    /// same whatever the number of builds. Advisories are not taken from it: see <see cref="WithAdvisories"/>.</summary>
    /// <exception cref="ArgumentException">No build of that id, or one with another class, set or assemblies: those are signed and never change.</exception>
    public ManufacturerReference WithChanged(ReferenceBuild changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (!_byId.TryGet(changed.Id, out Entry? entry) || SetKey(entry.Build) != SetKey(changed) || entry.Build.AssembliesHash != changed.AssembliesHash)
        {
            throw new ArgumentException($"Build {changed.Id} is not here, or is another one.", nameof(changed));
        }

        ManufacturerReference next = (ManufacturerReference)MemberwiseClone();
        next._byId = _byId.With(changed.Id, entry with { Build = changed });
        next._bySet = _bySet.With(SetKey(changed), _bySet.Find(SetKey(changed)).Replace(changed));
        next._patchable = _patchable.With(changed, entry.Ordinal);
        return next;
    }

    /// <summary>The same builds with another minimum security version for one class.</summary>
    public ManufacturerReference WithMinimum(Guid classId, ulong securityVersion) => With(_terms.WithMinimum(classId, securityVersion));

    /// <summary>The same builds with another end of support for one class.</summary>
    public ManufacturerReference WithSupport(Guid classId, DateTimeOffset until) => With(_terms.WithSupport(classId, until));

    /// <summary>The same builds with another term for the components of one class, or of one build of it.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="build">The build whose own components they are; null for those of the class.</param>
    /// <param name="until">Last moment at which the certificates of all of them are in force; null when no end is known or there are none.</param>
    public ManufacturerReference WithComponents(Guid classId, string? build, DateTimeOffset? until) => With(_terms.WithComponents(classId, build, until));

    /// <summary>The same builds with other advisories; costs the same whatever the number of builds.</summary>
    /// <param name="advisories">By build id, the ids of all advisories that mark it affected and not resolved. A build that is not in it has none.</param>
    public ManufacturerReference WithAdvisories(IReadOnlyDictionary<string, ImmutableArray<string>> advisories) => With(_terms.WithAdvisories(advisories));

    /// <summary>The builds of a class, oldest submission first, as they were given: ask <see cref="Find"/> for the advisories of one. Made on
    /// demand, so it costs with their number.</summary>
    public ImmutableArray<ReferenceBuild> BuildsOf(Guid classId) => [.. _byClass.GetValueOrDefault(classId, []).Select(Known)];

    /// <summary>The build of the class that was submitted last, as it was given; null when there is none.</summary>
    public ReferenceBuild? LatestOf(Guid classId) => _byClass.TryGetValue(classId, out ImmutableList<string>? builds) ? Known(builds[^1]) : null;

    /// <summary>The lowest security version that a build of the class may have to be accepted; 0 when none was set.</summary>
    public ulong MinimumSecurityVersionOf(Guid classId) => _terms.Minimums.GetValueOrDefault(classId);

    /// <summary>The last moment at which the class is supported; null when no end is known.</summary>
    public DateTimeOffset? SupportUntilOf(Guid classId) => _terms.Supports.TryGetValue(classId, out DateTimeOffset until) ? until : null;

    /// <summary>The last moment at which the certificates of all components of the class, and of a build of it, are in force; null when no end is known.</summary>
    public DateTimeOffset? ComponentsUntilOf(Guid classId, string? build) => _terms.ComponentsUntilOf(classId, build);

    /// <summary>The build with this id, or null.</summary>
    public ReferenceBuild? Find(string? buildId) => buildId is not null && _byId.TryGet(buildId, out Entry? entry) ? _terms.Mark(entry.Build) : null;

    /// <summary>The builds of which this one is a patch and which a certificate with a patch policy names.</summary>
    public IEnumerable<ReferenceBuild> PatchedBy(ReferenceBuild patch) => _patchable.Of(patch.ClassId).Select(Known).Where(patch.IsPatchOf);

    /// <summary>True when a build of the class has exactly this set.</summary>
    public bool Covers(Guid classId, string setHash) => _bySet.Contains((classId, setHash));

    /// <summary>Matches by set equality: nothing missing, nothing extra, everything from one build.</summary>
    public BuildMatch Match(Guid classId, MeasuredSet measured)
    {
        if (_bySet.TryGet((classId, measured.Hash), out SameSet same))
        {
            return new BuildMatch(_terms.Mark(same.Winner), Drift.None, HasReference: true);
        }

        if (_bySetInAnyClass.TryGet(measured.Hash, out string? other))
        {
            return new BuildMatch(Find(other), Drift.OtherModelBuild, HasReference: true);
        }

        return _byClass.ContainsKey(classId)
            ? new BuildMatch(null, ClassifyDifference(classId, measured), HasReference: true)
            : new BuildMatch(null, Drift.UnknownMeasurement, HasReference: false);
    }

    /// <summary>Other builds of the class that differ from this one in nothing but how the same assemblies lie in the deployment region:
    /// another order, or residue around them. Both manifests are signed, so nothing is guessed from a digest.</summary>
    public IEnumerable<ReferenceBuild> OtherLayoutsOf(ReferenceBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return build.AssembliesHash is null
            ? []
            : (_byAssemblies.Find(AssembliesKey(build)) ?? []).Select(Known).Where(other => DiffersOnlyIn(EvidenceProfile.Deployment, other.Measured, build.Measured));
    }

    private static (Guid Class, string SetHash) SetKey(ReferenceBuild build) => (build.ClassId, build.Measured.Hash);

    private static (Guid Class, string AssembliesHash) AssembliesKey(ReferenceBuild build) => (build.ClassId, build.AssembliesHash!);

    private static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> AdvisoriesOf(IEnumerable<ReferenceBuild> builds) =>
        builds.Where(build => !build.Advisories.IsDefaultOrEmpty).DistinctBy(build => build.Id).Select(build => KeyValuePair.Create(build.Id, build.Advisories));

    private static bool DiffersOnlyIn(string name, MeasuredSet reference, MeasuredSet measured) =>
        reference.Hash != measured.Hash
        && reference.HasSameNames(measured)
        && reference.Components.Zip(measured.Components).All(pair =>
            pair.First.Name == name || pair.First.Sha256.Span.SequenceEqual(pair.Second.Sha256.Span));

    private ManufacturerReference With(ReferenceTerms terms)
    {
        ManufacturerReference next = (ManufacturerReference)MemberwiseClone();
        next._terms = terms;
        return next;
    }

    private ReferenceBuild Known(string id) => _byId.Find(id)!.Build;

    private Drift ClassifyDifference(Guid classId, MeasuredSet measured)
    {
        bool hasKnownShape = _digests.HasShape(classId, measured);
        Drift drift = hasKnownShape ? Drift.None : Drift.ClaimMismatch;

        // A component that no build of the class names is a mismatch of claims, not an unknown measurement of a known part.
        MeasuredComponent[] unknown = [.. measured.Components
            .Where(component => _digests.HasName(classId, component.Name) && !_digests.Knows(classId, component))];
        if (unknown.Length == 0)
        {
            return hasKnownShape ? Drift.MixedBuild : drift;
        }

        // Configuration that differs beside a build that is otherwise whole is not foreign firmware.
        bool onlyConfig = unknown is [{ Name: EvidenceProfile.Config }] && _digests.KnowsBesideConfig(classId, measured);
        return drift | (onlyConfig ? Drift.ConfigDrift : Drift.UnknownMeasurement);
    }

    /// <summary>A build and its place in the order of submission.</summary>
    private sealed record Entry(ReferenceBuild Build, int Ordinal);
}
