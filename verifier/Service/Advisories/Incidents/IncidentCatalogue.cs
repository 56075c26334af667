using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories.Incidents;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>Reads incidents and puts together what a report needs.</summary>
internal sealed class IncidentCatalogue(Database database, AdvisoryCache cache, TimeProvider clock)
{
    // The newest revision counts, under embargo or not: an exploited vulnerability is reported before it is published. A build that runs nowhere has no country.
    private const string AffectedBuilds =
        """
        SELECT DISTINCT m.build_id FROM advisory_matches m JOIN advisories a ON a.seq = m.advisory_seq JOIN builds b ON b.id = m.build_id
        WHERE a.id = @AdvisoryId AND a.state < 2 AND m.status = 1 AND m.certainty = 2 AND b.manufacturer = @Organisation
        """;

    private const string Devices =
        $"""
        SELECT coalesce(o.country, '') AS Country, count(*) AS Count
        FROM devices d JOIN device_state s ON s.device_id = d.id JOIN organisations o ON o.name = coalesce(d.owner, d.manufacturer)
        WHERE d.manufacturer = @Organisation AND s.as_of IS NOT NULL AND s.decommissioned = 0
            AND (s.build IN ({AffectedBuilds}) OR (@isSevere = 1 AND s.conformity = @compromised))
        GROUP BY 1 ORDER BY 1
        """;

    /// <summary>An incident that the caller may see: its own, all for the operator and auditors.</summary>
    /// <exception cref="ProblemException">404 for an unknown one and for one out of sight: the answer does not tell which.</exception>
    public static IncidentRow Own(DbConnection connection, DbTransaction? transaction, Caller caller, string id) =>
        IncidentTable.Find(connection, transaction, id) is { } row && (caller.Has(Roles.Auditor) || caller.ActsAs(Roles.Manufacturer, row.Organisation))
            ? row
            : throw Refuse.NotFound("no incident of that id that you may see", "the id of an incident of yours");

    public IncidentPage List(Caller caller, Paging paging)
    {
        using DbConnection connection = database.Open();
        List<(long RowId, IncidentRow Incident)> rows = IncidentTable.List(connection, caller.Has(Roles.Auditor) ? null : caller.Organisation, paging);
        return new IncidentPage([.. rows.Select(row => View(connection, row.Incident))], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    /// <exception cref="ProblemException">None of that id that the caller may see.</exception>
    public IncidentView Find(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        return View(connection, Own(connection, null, caller, id));
    }

    /// <summary>What a report needs, as far as the verifier knows it.</summary>
    /// <exception cref="ProblemException">None of that id that the caller may see.</exception>
    public IncidentExport Export(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        IncidentRow row = Own(connection, null, caller, id);
        AdvisoryRow? advisory = row.AdvisoryId is null ? null : AdvisoryTable.Find(connection, row.AdvisoryId, null, AdvisorySight.Of(caller), clock.GetUtcNow().ToUnixTimeMilliseconds());
        object key = new { row.AdvisoryId, row.Organisation, isSevere = row.Kind == (long)IncidentKind.SevereIncident, compromised = (long)Conformity.Compromised };
        CountryCount[] countries = [.. connection.Query<(string Country, long Count)>(Devices, key).Select(entry => new CountryCount(entry.Country, entry.Count))];
        return new IncidentExport(
            UtcText.Of(clock.GetUtcNow()),
            IncidentExport.NothingIsSent,
            View(connection, row),
            advisory is null ? null : AdvisoryView.Of(advisory),
            advisory is null ? [] : [.. cache.Get(connection, null, advisory.Seq).Vulnerabilities.Select(VulnerabilityView.Of)],
            [.. connection.Query<ExportedBuild>($"SELECT id AS Build, version AS Version FROM builds WHERE id IN ({AffectedBuilds}) ORDER BY rowid", key)],
            countries.Sum(country => country.Devices),
            [.. countries.Where(country => country.Country.Length > 0)],
            countries.Where(country => country.Country.Length == 0).Sum(country => country.Devices));
    }

    private IncidentView View(DbConnection connection, IncidentRow row) => IncidentView.Of(row, IncidentTable.StepsOf(connection, null, row.Id), clock.GetUtcNow());
}
