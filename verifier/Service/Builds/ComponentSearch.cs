using System.Data.Common;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Finds the builds that contain a component, up to a version.</summary>
internal sealed class ComponentSearch(Database database, ReferenceDirectory references, TimeProvider clock)
{
    private const int MaxTextLength = 1024;
    private const int MaxRows = 50_000;
    private const int MaxMatches = 1000;

    /// <param name="caller">Null for somebody who is not logged in.</param>
    /// <param name="component">The component's name.</param>
    /// <param name="below">Only versions before this one; null for all.</param>
    /// <param name="status">Only builds of this status; null for all.</param>
    /// <param name="classId">Only builds of this class; null for all.</param>
    /// <param name="manufacturer">Only builds of this maker; null for all that the caller may see.</param>
    /// <exception cref="ProblemException">Not for this caller, or a question that cannot be read.</exception>
    public ComponentSearchView Find(Caller? caller, string component, string? below, string? status, Guid? classId, string? manufacturer)
    {
        string? maker = MakerFor(caller, manufacturer);
        if (component.Length is 0 or > MaxTextLength || (below is not null && ComponentVersion.Compare(below, below) is null))
        {
            throw Refuse.Malformed("no component, or a version that starts with no number", "component=NAME&below=VERSION", "Correct the question.");
        }

        using DbConnection connection = database.Open();
        List<ComponentMatch> matches = [];
        int rows = 0;
        foreach (SbomMatchRow row in SbomTable.Find(connection, component, maker, MaxRows))
        {
            rows++;
            if (matches.Count <= MaxMatches && MatchOf(row, below) is { } match && (status is null || match.Status == status) && (classId is null || match.Class == classId))
            {
                matches.Add(match);
            }
        }

        return new ComponentSearchView(component, below, [.. matches.Take(MaxMatches)], rows < MaxRows && matches.Count <= MaxMatches);
    }

    private static string? MakerFor(Caller? caller, string? manufacturer)
    {
        if (caller is null)
        {
            throw Refuse.NoLogin();
        }

        if (SbomSight.SeesAll(caller))
        {
            return manufacturer;
        }

        return SbomSight.SeesOwn(caller) && (manufacturer is null || manufacturer == caller.Organisation)
            ? caller.Organisation
            : throw Refuse.Forbidden($"components of {manufacturer ?? "all builds"} for {caller.Name}", "a maker for its own builds, a body or an auditor");
    }

    /// <summary>Null when the component is new enough, or the build is not in memory yet.</summary>
    private ComponentMatch? MatchOf(SbomMatchRow row, string? below)
    {
        int? order = below is null || row.Version is null ? null : ComponentVersion.Compare(row.Version, below);
        if (order >= 0 || references.Of(row.Manufacturer).Find(row.BuildId) is not { } build)
        {
            return null;
        }

        return new ComponentMatch(
            build.Id, build.Manufacturer, build.ClassId, build.Version, BuildStatus.Of(build, clock.GetUtcNow()), row.Name, row.Version,
            row.Version is not null && (below is null || order is not null), row.Purl, row.Type);
    }
}
