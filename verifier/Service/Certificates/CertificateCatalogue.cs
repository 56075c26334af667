using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Certificates;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Results;
using IotAttest.Service.StatusLists;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Certificates;

/// <summary>Reads the registry of certificates, as it is or as it was.</summary>
internal sealed class CertificateCatalogue(Database database, StatusListPublisher statusLists, VerifierKey key, TimeProvider clock)
{
    private const int MostProposals = 100;

    public CertificatePage List(CertificateFilter filter)
    {
        using DbConnection connection = database.Open();
        List<CertificateRow> rows = CertificateTable.List(connection, filter);
        ILookup<string, CertificateEvent> events = CertificateEventTable.Of(connection, null, rows.Select(row => row.Id));
        DateTimeOffset now = clock.GetUtcNow();
        AppealIndex appeals = AppealIndex.Read(connection, rows.Select(row => row.Id), now);
        return new CertificatePage(
            [.. rows.Select(row => CertificateView.Of(row, row.LifeWith(events[row.Id]), NotesOf(connection, row, now), now, appeals))],
            rows.Count == filter.Paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    /// <summary>The public record now, or at a moment in the past.</summary>
    /// <exception cref="ProblemException">No such certificate.</exception>
    public CertificateView Find(string id, DateTimeOffset? at = null)
    {
        using DbConnection connection = database.Open();
        CertificateRow row = Row(connection, id);
        DateTimeOffset moment = at ?? clock.GetUtcNow();
        return CertificateView.Of(row, CertificateEventTable.LifeOf(connection, null, row), NotesOf(connection, row, moment), moment, AppealIndex.Read(connection, [row.Id], moment));
    }

    /// <summary>The public record as a JWT of this registry.</summary>
    /// <exception cref="ProblemException">No such certificate.</exception>
    public string FindJwt(string id, DateTimeOffset? at)
    {
        CertificateView view = Find(id, at);
        JsonObject publicRecord = JsonSerializer.SerializeToNode(view, JsonSerializerOptions.Web)!.AsObject();
        (string uri, int index) = statusLists.PlaceOf(view.Id);
        return CertificateJwt.Sign(view.Id, publicRecord, isPast: at is not null, clock.GetUtcNow(), uri, index, key.Signer);
    }

    /// <exception cref="ProblemException">No such certificate.</exception>
    public byte[] FindFile(string id)
    {
        using DbConnection connection = database.Open();
        return CertificateTable.FileOf(connection, Row(connection, id).Id);
    }

    /// <summary>Row and life of a certificate.</summary>
    /// <exception cref="ProblemException">No such certificate.</exception>
    public (CertificateRow Row, CertificateLife Life) Read(string id)
    {
        using DbConnection connection = database.Open();
        CertificateRow row = Row(connection, id);
        return (row, CertificateEventTable.LifeOf(connection, null, row));
    }

    /// <summary>The history, up to a moment when one is given.</summary>
    /// <exception cref="ProblemException">No such certificate.</exception>
    public CertificateHistoryView History(string id, DateTimeOffset? at)
    {
        (CertificateRow row, CertificateLife life) = Read(id);
        using DbConnection connection = database.Open();
        AppealIndex appeals = AppealIndex.Read(connection, [row.Id], at ?? clock.GetUtcNow());
        return new CertificateHistoryView(row.Id, [.. life.History.Where(taken => at is null || taken.At <= at).Select(CertificateEventView.Of)], appeals.Of(row.Id));
    }

    /// <summary>The last proposals about a certificate, for its body.</summary>
    /// <exception cref="ProblemException">None, or not the caller's.</exception>
    public ProposalListView Proposals(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        string? owner = CertificateTable.Find(connection, null, id)?.Body;
        if (owner is not null && !MaySee(caller, owner))
        {
            throw Refuse.Forbidden($"proposals of {owner}, asked for by {caller.Name}", $"the token of {owner}");
        }

        // Before the issue several bodies may have the same id in mind.
        ProposalRow[] rows = [.. ProposalTable.Last(connection, null, id, MostProposals).Where(row => MaySee(caller, row.Body))];
        if (owner is null && rows.Length == 0)
        {
            throw NoSuch();
        }

        HashSet<long> confirmed = CertificateEventTable.ConfirmedProposals(connection, null, id);
        DateTimeOffset now = clock.GetUtcNow();
        return new ProposalListView(id, [.. rows.Select(row => ProposalView.Of(row, confirmed.Contains(row.Id), now))]);
    }

    /// <summary>Proposals that wait for a second person, oldest first: those of the caller's body, all for the operator.</summary>
    public OpenProposalPage OpenProposals(Caller caller, Paging paging)
    {
        using DbConnection connection = database.Open();
        DateTimeOffset now = clock.GetUtcNow();
        List<ProposalRow> rows = ProposalTable.Open(connection, caller.Organisation, now - SecondPerson.Window, paging.Cursor ?? 0, paging.Limit);
        return new OpenProposalPage([.. rows.Select(row => ProposalView.Of(row, isConfirmed: false, now))], rows.Count == paging.Limit ? Paging.CursorOf(rows[^1].Id) : null);
    }

    private static bool MaySee(Caller caller, string body) => caller.ActsAs(Roles.Body, body) || caller.Has(Roles.Auditor);

    private static ProductNotes NotesOf(DbConnection connection, CertificateRow row, DateTimeOffset at) =>
        ProductNotes.Read(connection, new Guid(row.Class, bigEndian: true), row.BuildId, at);

    private static CertificateRow Row(DbConnection connection, string id) => CertificateTable.Find(connection, null, id) ?? throw NoSuch();

    private static ProblemException NoSuch() => Refuse.NotFound("no certificate of that id", "the id of an issued certificate");
}
