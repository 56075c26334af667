using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using IotAttest.Domain.Advisories.Incidents;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>Opens incidents and records what was done about them. An incident belongs to the manufacturer: the duty to report is its own.</summary>
internal sealed class IncidentRegistry(StoreWriter writer, Database database, TimeProvider clock)
{
    private const int IdBytes = 6;

    /// <summary>Says that a vulnerability of an advisory is actively exploited.</summary>
    /// <exception cref="ProblemException">Not visible, not about the caller's builds, or on record already.</exception>
    public Task<string> OpenExploitedAsync(Caller caller, string advisory, IncidentRequest request, CancellationToken cancellation) =>
        writer.ExecuteAsync((connection, transaction) => OpenExploited(connection, transaction, caller, advisory, request), cancellation: cancellation);

    /// <summary>Opens a severe incident.</summary>
    /// <exception cref="ProblemException">Not the caller's, or an advisory that it may not see.</exception>
    public Task<string> OpenSevereAsync(Caller caller, IncidentRequest request, CancellationToken cancellation) => writer.ExecuteAsync(
        (connection, transaction) =>
        {
            string? advisory = request.Advisory is null ? null : FindAdvisory(connection, caller, request.Advisory).Id;
            return Open(connection, transaction, caller, MakerOf(caller, request), IncidentKind.SevereIncident, advisory, request.Title!, request);
        },
        cancellation: cancellation);

    /// <summary>Records a step.</summary>
    /// <exception cref="ProblemException">Not the caller's incident, or a step that cannot be recorded now.</exception>
    public Task RecordAsync(Caller caller, string id, StepRequest request, CancellationToken cancellation) =>
        writer.ExecuteAsync((connection, transaction) => Record(connection, transaction, caller, id, request), cancellation);

    /// <summary>Tells, once for each, of clocks that have run out.</summary>
    public async Task NoteOverdueAsync(CancellationToken cancellation)
    {
        List<(string Incident, IncidentClock Clock)> overdue;
        using (DbConnection connection = database.Open())
        {
            overdue = [.. FindOverdue(connection)];
        }

        if (overdue.Count > 0)
        {
            await writer.ExecuteAsync((connection, transaction) => overdue.ForEach(entry => IncidentTable.InsertOverdue(connection, transaction, entry.Incident, entry.Clock.Name, entry.Clock.DueAt!.Value.ToUnixTimeMilliseconds(), Now())), cancellation);
        }
    }

    private IEnumerable<(string Incident, IncidentClock Clock)> FindOverdue(DbConnection connection)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (IncidentRow incident in IncidentTable.Open(connection, null))
        {
            HashSet<string> told = IncidentTable.OverdueOf(connection, null, incident.Id);
            foreach (IncidentClock each in incident.ClocksAt(IncidentTable.StepsOf(connection, null, incident.Id), now))
            {
                if (each is { IsOverdue: true, MetAt: null } && !told.Contains(each.Name))
                {
                    yield return (incident.Id, each);
                }
            }
        }
    }

    private string OpenExploited(DbConnection connection, DbTransaction transaction, Caller caller, string advisory, IncidentRequest request)
    {
        AdvisoryRow row = FindAdvisory(connection, caller, advisory);
        string maker = MakerOf(caller, request);
        if (row.Importer != maker && !IsAbout(connection, transaction, row.Id, maker))
        {
            throw Refuse.Forbidden($"an advisory that is about no build of {maker}", "an advisory that is about a build of yours, or that you imported");
        }

        return IncidentTable.FindByAdvisory(connection, transaction, maker, (long)IncidentKind.ExploitedVulnerability, row.Id) is { } earlier
            ? throw Refuse.Conflict($"an exploitation that is on record as {earlier.Id}", "one incident for an advisory", $"Record what was done: POST /v1/incidents/{earlier.Id}/steps")
            : Open(connection, transaction, caller, maker, IncidentKind.ExploitedVulnerability, row.Id, row.Title, request);
    }

    private string Open(DbConnection connection, DbTransaction transaction, Caller caller, string maker, IncidentKind kind, string? advisory, string title, IncidentRequest request)
    {
        if (advisory is not null && IncidentTable.FindByAdvisory(connection, transaction, maker, (long)kind, advisory) is { } earlier)
        {
            throw Refuse.Conflict($"an incident that is on record as {earlier.Id}", "one incident for an advisory", $"Record what was done: POST /v1/incidents/{earlier.Id}/steps");
        }

        if (connection.ExecuteScalar<long>("SELECT count(*) FROM organisations WHERE name = @maker", new { maker }, transaction) == 0)
        {
            throw Refuse.NotFound("no organisation of that name", "a registered manufacturer");
        }

        IncidentRow row = new()
        {
            Id = $"inc-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}",
            Organisation = maker,
            Kind = (long)kind,
            AdvisoryId = advisory,
            Title = title,
            OpenedAt = request.OpenedAt(clock.GetUtcNow()).ToUnixTimeMilliseconds(),
            RecordedAt = Now(),
            OpenedBy = caller.Name,
            Reason = request.Reason,
        };
        IncidentTable.Insert(connection, transaction, row);
        return row.Id;
    }

    private void Record(DbConnection connection, DbTransaction transaction, Caller caller, string id, StepRequest request)
    {
        IncidentRow incident = IncidentCatalogue.Own(connection, transaction, caller, id);
        if (!caller.ActsAs(Roles.Manufacturer, incident.Organisation))
        {
            throw Refuse.Forbidden($"the token of {caller.Name}", $"the token of {incident.Organisation}");
        }

        IncidentRecord[] before = [.. IncidentTable.StepsOf(connection, transaction, id).Select(step => step.ToRecord())];
        IncidentRecord next = request.ToRecord(clock.GetUtcNow());
        if (IncidentStepRules.Check(DateTimeOffset.FromUnixTimeMilliseconds(incident.OpenedAt), before, next, clock.GetUtcNow()) is { } refusal)
        {
            throw Refuse.Conflict(refusal.Seen, refusal.Expected, "Read the incident again; what is on record stays.");
        }

        IncidentTable.InsertStep(connection, transaction, new StepRow
        {
            IncidentId = id,
            Step = (long)next.Step,
            At = next.At.ToUnixTimeMilliseconds(),
            RecordedAt = Now(),
            RecordedBy = caller.Name,
            Reason = request.Reason,
        });
    }

    private AdvisoryRow FindAdvisory(DbConnection connection, Caller caller, string id) =>
        AdvisoryTable.Find(connection, id, null, AdvisorySight.Of(caller), Now()) ?? throw Refuse.NotFound("no advisory of that id", "the id of an advisory that you may see");

    private static string MakerOf(Caller caller, IncidentRequest request)
    {
        string maker = request.Organisation ?? caller.Organisation ?? throw Refuse.Malformed(
            "no \"organisation\" from a caller that acts for several", "the manufacturer whose duty the report is", "Add \"organisation\".");
        return caller.ActsAs(Roles.Manufacturer, maker) ? maker : throw Refuse.Forbidden($"an incident of {maker} from {caller.Name}", $"the token of {maker}");
    }

    private static bool IsAbout(DbConnection connection, DbTransaction transaction, string advisory, string maker) => connection.ExecuteScalar<long>(
        "SELECT EXISTS (SELECT 1 FROM advisory_matches m JOIN advisories a ON a.seq = m.advisory_seq JOIN builds b ON b.id = m.build_id WHERE a.id = @advisory AND b.manufacturer = @maker)",
        new { advisory, maker },
        transaction) > 0;

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
