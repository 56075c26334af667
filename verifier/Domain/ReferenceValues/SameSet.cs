using System.Collections.Immutable;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>The builds of one class with one measured set, nearly always a single one.</summary>
/// <param name="Winner">The one that a match gives: the latest that a certificate names, else the latest. A second manifest with the same digests, not
/// certified, must not take coverage away.</param>
/// <param name="All">All of them, oldest submission first; default while there is one.</param>
internal readonly record struct SameSet(ReferenceBuild Winner, ImmutableArray<ReferenceBuild> All)
{
    public static SameSet Of(ReferenceBuild build) => new(build, default);

    /// <summary>With a build that was submitted last.</summary>
    public SameSet Add(ReferenceBuild build) => Of(All.IsDefault ? [Winner, build] : All.Add(build));

    /// <summary>With the build of that id as it is now.</summary>
    public SameSet Replace(ReferenceBuild build) => All.IsDefault ? Of(build) : Of([.. All.Select(old => old.Id == build.Id ? build : old)]);

    private static SameSet Of(ImmutableArray<ReferenceBuild> all) => new(all.LastOrDefault(build => !build.Certificates.IsEmpty) ?? all[^1], all);
}
