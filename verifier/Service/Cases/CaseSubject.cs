using System.Data.Common;
using IotAttest.Service.Certificates;
using IotAttest.Service.Certificates.Applications;

namespace IotAttest.Service.Cases;

/// <summary>What a case is about: a certificate, or an application.</summary>
internal sealed record CaseSubject(string? Certificate, long? Application, string Holder, string Body, string Scheme, DateTimeOffset? ValidUntil)
{
    public static CaseSubject? OfCertificate(DbConnection connection, DbTransaction? transaction, string id) =>
        CertificateTable.Find(connection, transaction, id) is { } row ? Of(row) : null;

    public static CaseSubject Of(CertificateRow row) => new(row.Id, null, row.Manufacturer, row.Body, row.Scheme, DateTimeOffset.FromUnixTimeMilliseconds(row.ValidUntil));

    public static CaseSubject? OfApplication(DbConnection connection, DbTransaction? transaction, long id) =>
        ApplicationTable.Find(connection, transaction, id) is { } row ? new CaseSubject(null, row.Id, row.Holder, row.Body, row.Scheme, null) : null;
}
