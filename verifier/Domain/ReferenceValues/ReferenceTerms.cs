using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>What is said about classes and builds beside their manifests; it changes without any build changing.</summary>
/// <param name="Minimums">Minimum security version by class.</param>
/// <param name="Supports">Last moment of support by class.</param>
/// <param name="Components">Last moment at which the certificates of all components are in force, by class and, where a list is one build's, by build.</param>
/// <param name="Advisories">By build id, the advisories that mark it affected; a build without any is not in it.</param>
internal sealed record ReferenceTerms(
    FrozenDictionary<Guid, ulong> Minimums,
    FrozenDictionary<Guid, DateTimeOffset> Supports,
    ImmutableDictionary<(Guid Class, string? Build), DateTimeOffset> Components,
    FrozenDictionary<string, ImmutableArray<string>> Advisories)
{
    public ReferenceTerms WithMinimum(Guid classId, ulong securityVersion) =>
        this with { Minimums = new Dictionary<Guid, ulong>(Minimums) { [classId] = securityVersion }.ToFrozenDictionary() };

    public ReferenceTerms WithSupport(Guid classId, DateTimeOffset until) =>
        this with { Supports = new Dictionary<Guid, DateTimeOffset>(Supports) { [classId] = until }.ToFrozenDictionary() };

    public ReferenceTerms WithComponents(Guid classId, string? build, DateTimeOffset? until) =>
        this with { Components = until is { } end ? Components.SetItem((classId, build), end) : Components.Remove((classId, build)) };

    /// <summary>The earlier one of the class and of the build.</summary>
    public DateTimeOffset? ComponentsUntilOf(Guid classId, string? build)
    {
        DateTimeOffset? ofClass = Components.TryGetValue((classId, null), out DateTimeOffset first) ? first : null;
        DateTimeOffset? ofBuild = build is not null && Components.TryGetValue((classId, build), out DateTimeOffset second) ? second : null;
        return ofBuild < ofClass ? ofBuild : ofClass ?? ofBuild;
    }

    public ReferenceTerms WithAdvisories(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> advisories) =>
        this with { Advisories = advisories.Where(entry => !entry.Value.IsDefaultOrEmpty).ToFrozenDictionary(StringComparer.Ordinal) };

    /// <summary>The build with the advisories that mark it now.</summary>
    public ReferenceBuild Mark(ReferenceBuild build)
    {
        ImmutableArray<string> advisories = Advisories.GetValueOrDefault(build.Id, []);
        return build.Advisories.SequenceEqual(advisories) ? build : build with { Advisories = advisories };
    }
}
