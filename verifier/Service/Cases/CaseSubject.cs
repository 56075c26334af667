using IotAttest.Service.Certificates;
using IotAttest.Service.Certificates.Applications;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Cases;

/// <summary>What a case is about: a certificate, or an application.</summary>
internal sealed record CaseSubject(string? Certificate, long? Application, string Holder, string Body, string Scheme, DateTimeOffset? ValidUntil)
{
    public static CaseSubject? OfCertificate(SqliteConnection connection, SqliteTransaction? transaction, string id) =>
        CertificateTable.Find(connection, transaction, id) is { } row ? Of(row) : null;

    public static CaseSubject Of(CertificateRow row) => new(row.Id, null, row.Manufacturer, row.Body, row.Scheme, DateTimeOffset.FromUnixTimeMilliseconds(row.ValidUntil));

    public static CaseSubject? OfApplication(SqliteConnection connection, SqliteTransaction? transaction, long id) =>
        ApplicationTable.Find(connection, transaction, id) is { } row ? new CaseSubject(null, row.Id, row.Holder, row.Body, row.Scheme, null) : null;
}
