using System.Data.Common;
using Dapper;
using IotAttest.Domain.Cases;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Certificates;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Cases;

/// <summary>Opens a renewal case when a certificate comes into its renewal window; one for each certificate, ever.</summary>
internal sealed class RenewalWatch(StoreWriter writer, Database database, TimeProvider clock, ILogger<RenewalWatch> logger) : BackgroundService
{
    private const int MostAtOnce = 1000;
    private const int LongestWindowMonths = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Looks once.</summary>
    /// <returns>How many cases were opened.</returns>
    public async Task<int> LookAsync()
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<CertificateRow> due = [.. Read(now).Where(row => now >= CaseRegistry.RenewalFrom(row.Scheme, DateTimeOffset.FromUnixTimeMilliseconds(row.ValidUntil)))];
        foreach (CertificateRow row in due)
        {
            await writer.ExecuteAsync((connection, transaction) =>
                CaseTable.Open(connection, transaction, new NewCase(CaseType.Renewal, CaseSubject.Of(row), "", "", $"Certificate {row.Id} ends soon and can be renewed."), now));
        }

        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        do
        {
            try
            {
                await LookAsync();
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                // Whoever only watches must never take the verifier down: the next turn looks again.
                logger.RenewalsNotRead(cause.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private List<CertificateRow> Read(DateTimeOffset now)
    {
        using DbConnection connection = database.Open();
        return connection
            .Query<CertificateRow>(
                $"""
                SELECT {CertificateRow.Columns} FROM certificates c JOIN builds b ON b.id = c.build_id
                WHERE c.status = @certified AND c.valid_until BETWEEN @now AND @horizon
                  AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.certificate_id = c.id AND k.type = @renewal)
                ORDER BY c.valid_until LIMIT @MostAtOnce
                """,
                new { certified = (long)CertificateStatus.Certified, now = now.ToUnixTimeMilliseconds(), horizon = now.AddMonths(LongestWindowMonths).ToUnixTimeMilliseconds(), renewal = (long)CaseType.Renewal, MostAtOnce })
            .AsList();
    }
}
