using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Events;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Transparency;

/// <summary>Reads the own log against the own rows at the start and every hour, and raises the event <c>log.altered</c> when somebody
/// changed a row behind the verifier's back. Whoever does not trust this verifier follows the log with <c>iotattest log monitor</c>.</summary>
internal sealed class LogAuditor(Database database, StoreWriter store, TimeProvider clock, ILogger<LogAuditor> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private byte[] _last = [];

    /// <summary>Looks once.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreException">The event could not be stored.</exception>
    public async Task<IReadOnlyList<LogFinding>> LookAsync(CancellationToken cancellation)
    {
        IReadOnlyList<LogFinding> findings = Read();
        string detail = string.Join("; ", findings.Take(10).Select(finding => $"entry {finding.Sequence}: {finding.Seen}, expected {finding.Expected}"));
        byte[] mark = SHA256.HashData(Encoding.UTF8.GetBytes(detail));
        if (findings.Count > 0 && !mark.AsSpan().SequenceEqual(_last))
        {
            logger.LogAltered(findings.Count, detail);
            await store.ExecuteAsync((connection, transaction) => EventTable.InsertLogAltered(connection, transaction, findings[0].Sequence ?? 0, detail, clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellation);
            _last = mark;
        }

        return findings;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                logger.LogNotRead(cause.Message);
            }

            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private IReadOnlyList<LogFinding> Read()
    {
        using DbConnection connection = database.Open();
        return LogAudit.Of(connection).Findings;
    }
}
