using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories;

/// <summary>Draws adoption curves from the history of boards.</summary>
internal sealed class AdoptionReport(Database database, TimeProvider clock)
{
    /// <summary>Everybody may ask, so the answer for everybody is worked out no more often than this.</summary>
    private static readonly TimeSpan PublicFor = TimeSpan.FromMinutes(1);

    private const int MaxKept = 1_000;

    private const string Changes =
        """
        SELECT h.device_id AS Board, h.at, p.build, h.conformity
        FROM device_history h JOIN devices d ON d.id = h.device_id LEFT JOIN appraisals p ON p.id = h.appraisal_id
        WHERE EXISTS (
                SELECT 1 FROM advisory_matches m JOIN builds b ON b.id = m.build_id
                WHERE m.advisory_seq = @Seq AND m.certainty = 2 AND b.class = d.class AND b.manufacturer = d.manufacturer)
            AND (@everybody = 1 OR d.manufacturer = @maker OR d.owner = @owner)
            AND h.as_of IS NOT NULL
        ORDER BY h.at, h.seq
        """;

    private readonly ConcurrentDictionary<long, (DateTimeOffset At, AdoptionView View)> _public = new();

    /// <summary>Exact figures for the operator, for auditors and for makers and owners of boards; rounded ones for all others.</summary>
    /// <exception cref="ProblemException">No advisory of that id that the caller may see.</exception>
    public AdoptionView Of(Caller? caller, string id)
    {
        using DbConnection connection = database.Open();
        DateTimeOffset now = clock.GetUtcNow();
        AdvisoryRow row = AdvisoryTable.Find(connection, id, null, AdvisorySight.Of(caller), now.ToUnixTimeMilliseconds())
            ?? throw Refuse.NotFound("no advisory of that id", "the id of a published advisory");
        bool seesAll = caller is { IsOperator: true } || caller?.Has(Roles.Auditor) == true;
        string? maker = caller?.Has(Roles.Manufacturer) == true ? caller.Organisation : null;
        string? owner = caller?.Has(Roles.Integrator) == true ? caller.Organisation : null;
        return seesAll || maker is not null || owner is not null
            ? new AdoptionView(row.Id, "own", [.. Points(connection, row, seesAll, maker, owner, now).Select(AdoptionDay.Of)], 0)
            : ForEverybody(connection, row, now);
    }

    private AdoptionView ForEverybody(DbConnection connection, AdvisoryRow row, DateTimeOffset now)
    {
        if (_public.TryGetValue(row.Seq, out (DateTimeOffset At, AdoptionView View) kept) && now - kept.At < PublicFor && now >= kept.At)
        {
            return kept.View;
        }

        IReadOnlyList<AdoptionPoint> points = Points(connection, row, everybody: true, null, null, now);
        AdoptionDay[] days = [.. points.Select(AdoptionCurve.ForEverybody).OfType<AdoptionPoint>().Select(AdoptionDay.Of)];
        AdoptionView view = new(row.Id, "public", days, points.Count - days.Length);
        if (_public.Count >= MaxKept)
        {
            _public.Clear();
        }

        _public[row.Seq] = (now, view);
        return view;
    }

    private static IReadOnlyList<AdoptionPoint> Points(DbConnection connection, AdvisoryRow row, bool everybody, string? maker, string? owner, DateTimeOffset now)
    {
        Dictionary<string, AdoptionGroup> groups = GroupsOf(connection, row.Seq);
        IEnumerable<AdoptionChange> changes = connection
            .Query<(long Board, long At, string? Build, long Conformity)>(Changes, new { row.Seq, everybody, maker, owner }, buffered: false)
            .Select(change => new AdoptionChange(change.Board, DateTimeOffset.FromUnixTimeMilliseconds(change.At), GroupOf(groups, change.Build, change.Conformity)));
        return AdoptionCurve.Of(changes, DateTimeOffset.FromUnixTimeMilliseconds(row.PublishedAt), now);
    }

    private static AdoptionGroup? GroupOf(Dictionary<string, AdoptionGroup> groups, string? build, long conformity) =>
        conformity == (long)Conformity.Decommissioned ? null : build is null ? AdoptionGroup.Other : groups.GetValueOrDefault(build, AdoptionGroup.Other);

    // What holds for each build that the advisory speaks of, after all that is said of the same vulnerabilities.
    private static Dictionary<string, AdoptionGroup> GroupsOf(DbConnection connection, long seq)
    {
        HashSet<string> vulnerabilities = [.. connection.Query<string>("SELECT DISTINCT vulnerability FROM advisory_matches WHERE advisory_seq = @seq", new { seq })];
        return connection
            .Query<string>("SELECT DISTINCT build_id FROM advisory_matches WHERE advisory_seq = @seq AND certainty = 2", new { seq })
            .ToDictionary(build => build, build => GroupOf(connection, build, vulnerabilities));
    }

    private static AdoptionGroup GroupOf(DbConnection connection, string build, HashSet<string> vulnerabilities)
    {
        ProductStatus[] statuses =
        [
            .. BuildStanding.Of(MatchTable.InForce(connection, null, build).Select(row => row.ToMatch()))
                .Where(standing => vulnerabilities.Contains(standing.Vulnerability))
                .Select(standing => standing.Status),
        ];
        return statuses.Contains(ProductStatus.Affected) ? AdoptionGroup.Affected
            : statuses.Any(status => status is ProductStatus.Fixed or ProductStatus.NotAffected) ? AdoptionGroup.Fixed
            : AdoptionGroup.Other;
    }
}
