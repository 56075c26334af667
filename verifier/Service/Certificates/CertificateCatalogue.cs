using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Certificates;

/// <summary>Reads the registry of certificates.</summary>
internal sealed class CertificateCatalogue(Database database, TimeProvider clock)
{
    public CertificatePage List(CertificateFilter filter)
    {
        using SqliteConnection connection = database.Open();
        List<CertificateRow> rows = CertificateTable.List(connection, filter);
        DateTimeOffset now = clock.GetUtcNow();
        return new CertificatePage([.. rows.Select(row => CertificateView.Of(row, now))], rows.Count == filter.Paging.Limit ? Paging.CursorOf(rows[^1].RowId) : null);
    }

    /// <exception cref="ProblemException">No such certificate.</exception>
    public CertificateView Find(string id)
    {
        using SqliteConnection connection = database.Open();
        return CertificateView.Of(Row(connection, id), clock.GetUtcNow());
    }

    /// <exception cref="ProblemException">No such certificate.</exception>
    public byte[] FindFile(string id)
    {
        using SqliteConnection connection = database.Open();
        return CertificateTable.FileOf(connection, Row(connection, id).Id);
    }

    /// <exception cref="ProblemException">No such certificate.</exception>
    public CertificateHistoryView History(string id)
    {
        using SqliteConnection connection = database.Open();
        string known = Row(connection, id).Id;
        return new CertificateHistoryView(known, CertificateTable.Events(connection, known));
    }

    private static CertificateRow Row(SqliteConnection connection, string id) =>
        CertificateTable.Find(connection, null, id) ?? throw Refuse.NotFound("no certificate of that id", "the id of an issued certificate");
}
