using System.Data.Common;
using IotAttest.Domain.Cases;
using IotAttest.Service.Cases;

namespace IotAttest.Service.Certificates;

/// <summary>The appeals about some certificates, as they stood at a moment.</summary>
internal sealed class AppealIndex
{
    private readonly ILookup<string, AppealView> _byCertificate;

    private AppealIndex(ILookup<string, AppealView> byCertificate) => _byCertificate = byCertificate;

    public static AppealIndex Read(DbConnection connection, IEnumerable<string> certificates, DateTimeOffset at)
    {
        List<CaseRow> rows = [.. CaseTable.AppealsOf(connection, certificates).Where(row => row.OpenedAt <= at.ToUnixTimeMilliseconds())];
        Dictionary<long, CaseLife> lives = CaseTable.LivesOf(connection, null, rows);
        return new AppealIndex(rows.ToLookup(row => row.CertificateId!, row => AppealView.Of(row, lives[row.Id], at)));
    }

    public IReadOnlyList<AppealView> Of(string certificate) => [.. _byCertificate[certificate]];

    public bool IsPending(string certificate) => _byCertificate[certificate].Any(appeal => appeal.State == "open");
}
