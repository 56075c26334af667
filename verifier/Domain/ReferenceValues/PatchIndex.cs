using System.Collections.Immutable;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>The builds of each class that a certificate with a patch policy names, in the order of their submission. Immutable.</summary>
internal sealed class PatchIndex
{
    private readonly ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> _byClass;

    public PatchIndex(IEnumerable<(ReferenceBuild Build, int Ordinal)> builds) => _byClass = builds
        .Where(entry => IsPatchable(entry.Build))
        .GroupBy(entry => entry.Build.ClassId)
        .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedDictionary(entry => entry.Ordinal, entry => entry.Build.Id));

    private PatchIndex(ImmutableDictionary<Guid, ImmutableSortedDictionary<int, string>> byClass) => _byClass = byClass;

    /// <summary>Ids of the builds of a class, oldest submission first.</summary>
    public IEnumerable<string> Of(Guid classId) => _byClass.TryGetValue(classId, out ImmutableSortedDictionary<int, string>? builds) ? builds.Values : [];

    /// <summary>With a build as it is now: its certificates may have come since.</summary>
    public PatchIndex With(ReferenceBuild build, int ordinal)
    {
        ImmutableSortedDictionary<int, string> builds = _byClass.GetValueOrDefault(build.ClassId, ImmutableSortedDictionary<int, string>.Empty);
        bool isIn = builds.ContainsKey(ordinal);
        if (isIn == IsPatchable(build))
        {
            return this;
        }

        return new PatchIndex(_byClass.SetItem(build.ClassId, isIn ? builds.Remove(ordinal) : builds.Add(ordinal, build.Id)));
    }

    private static bool IsPatchable(ReferenceBuild build) => build.Certificates.Any(certificate => certificate.PatchPolicy.Kind != PatchPolicyKind.None);
}
