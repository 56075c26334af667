using System.Data.Common;
using IotAttest.Domain.Advisories;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories;

/// <summary>Reads advisories, each caller as far as it may see them.</summary>
internal sealed class AdvisoryCatalogue(Database database, AdvisoryCache cache, ReferenceDirectory references, TimeProvider clock)
{
    private const int MaxMatches = 2_000;

    public AdvisoryPage List(AdvisorySight sight, string? build, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<AdvisoryRow> rows = AdvisoryTable.List(connection, build, sight, Now(), paging);
        return new AdvisoryPage([.. rows.Select(AdvisoryView.Of)], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].Seq) : null);
    }

    /// <exception cref="ProblemException">None of that id that the caller may see.</exception>
    public AdvisoryDetailView Find(AdvisorySight sight, string id, string? revision)
    {
        using DbConnection connection = database.Open();
        AdvisoryRow row = Row(connection, sight, id, revision);
        Advisory advisory = cache.Get(connection, null, row.Seq);
        List<MatchRow> matches = MatchTable.Of(connection, row.Seq, MaxMatches + 1);
        Dictionary<(string Build, string Vulnerability), string> standings = StandingsOf(connection, row, matches);
        ILookup<bool, AdvisoryBuildView> views = matches
            .Take(MaxMatches)
            .Select(match => (IsSure: match.Certainty == (long)Certainty.Yes, View: View(sight, match, standings)))
            .Where(entry => entry.View is not null)
            .ToLookup(entry => entry.IsSure, entry => entry.View!);
        return new AdvisoryDetailView(
            AdvisoryView.Of(row),
            [.. advisory.Vulnerabilities.Select(VulnerabilityView.Of)],
            [.. views[true]],
            [.. views[false]],
            [.. advisory.Statements.Select(statement => statement.Product).Where(product => !product.IsIdentified).Select(product => product.Name).Distinct()],
            matches.Count <= MaxMatches,
            [.. AdvisoryTable.Revisions(connection, row.Id, sight, Now()).Select(each => AdvisoryView.Of(each)).Select(each => new AdvisoryRevisionView(each.Revision, each.Version, each.Status, each.ImportedAt, each.Sha256))]);
    }

    /// <summary>The file as it came.</summary>
    /// <exception cref="ProblemException">None of that id that the caller may see.</exception>
    public byte[] FileOf(AdvisorySight sight, string id, string? revision)
    {
        using DbConnection connection = database.Open();
        return AdvisoryTable.FileOf(connection, null, Row(connection, sight, id, revision).Seq);
    }

    /// <summary>What its maker is told about a build at once: open critical advisories that mark it affected.</summary>
    public IReadOnlyList<ProductNote> WarningsOf(string build)
    {
        using DbConnection connection = database.Open();
        return
        [
            .. BuildStanding.Of(MatchTable.InForce(connection, null, build).Select(row => row.ToMatch()))
                .Where(standing => standing.Status == ProductStatus.Affected)
                .SelectMany(standing => standing.Advisories.Select(advisory => (Standing: standing, Row: AdvisoryTable.Find(connection, advisory, null, AdvisorySight.Nobody, Now()))))
                .Where(entry => entry.Row is { Band: AdvisorySeverity.Critical })
                .Select(entry => new ProductNote("OpenAdvisory", Warning(entry.Row!, entry.Standing))),
        ];
    }

    private static string Warning(AdvisoryRow row, VulnerabilityStanding standing)
    {
        string components = string.Join(", ", standing.Decisive.Select(match => match.Statement.Match.Component).Where(component => component.Length > 0).Distinct());
        return $"The build is accepted, and affected by {standing.Vulnerability}{(components.Length == 0 ? "" : $" through {components}")}: critical advisory {row.Id} ({row.Title}). Submit a fixed build, or a VEX statement that says why it is not affected.";
    }

    private AdvisoryRow Row(DbConnection connection, AdvisorySight sight, string id, string? revision)
    {
        long? wanted = revision is null ? null : Paging.Parse(null, revision).Cursor;
        return AdvisoryTable.Find(connection, id, wanted, sight, Now()) ?? throw Refuse.NotFound("no advisory of that id and revision", "the id of a published advisory");
    }

    private static Dictionary<(string Build, string Vulnerability), string> StandingsOf(DbConnection connection, AdvisoryRow row, IEnumerable<MatchRow> matches) =>
        row.State != (long)AdvisoryState.InForce
            ? []
            : matches.Select(match => match.BuildId).Distinct()
                .SelectMany(build => BuildStanding.Of(MatchTable.InForce(connection, null, build).Select(each => each.ToMatch())).Select(standing => (build, standing)))
                .ToDictionary(entry => (entry.build, entry.standing.Vulnerability), entry => AdvisoryWords.Of(entry.standing.Status));

    /// <summary>Null for a build committed a moment ago that memory does not hold yet, and for doubts about builds of others.</summary>
    private AdvisoryBuildView? View(AdvisorySight sight, MatchRow match, Dictionary<(string Build, string Vulnerability), string> standings)
    {
        if (references.Find(match.BuildId) is not { } build)
        {
            return null;
        }

        bool seesComponents = sight.SeesComponentsOf(build.Manufacturer);
        return match.Certainty != (long)Certainty.Yes && !seesComponents ? null : Of(build, match, standings.GetValueOrDefault((match.BuildId, match.Vulnerability)), seesComponents);
    }

    private static AdvisoryBuildView Of(ReferenceBuild build, MatchRow match, string? standing, bool seesComponents) => new(
        build.Id,
        build.Manufacturer,
        build.ClassId,
        build.Version,
        match.Vulnerability,
        AdvisoryWords.Of((ProductStatus)match.Status),
        standing,
        AdvisoryWords.Of((MatchLevel)match.Level),
        match.Reason,
        seesComponents ? match.Product : null,
        seesComponents && match.Component.Length > 0 ? match.Component : null,
        seesComponents ? match.Why : null);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
