using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using IotAttest.Cli.Bench;
using IotAttest.Support;
using Microsoft.Data.Sqlite;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The boards' ledger held against a verifier, line by line.</summary>
internal static class LongLedger
{
    /// <summary>What another verifier stored is shown by an idle one after a fifth of a second (ADR 0033).</summary>
    private static readonly TimeSpan Following = TimeSpan.FromSeconds(2);

    private const string Counts = "SELECT lower(hex(d.ueid)), s.reports FROM devices d JOIN device_state s ON s.device_id = d.id";

    /// <summary>Every verdict stands on the last acknowledged evidence or a later one, and no evidence that was acknowledged is missing from the count.</summary>
    /// <returns>What a figure needs.</returns>
    public static async Task<string> HoldAgainstAsync(ChildVerifier verifier, IReadOnlyList<LedgerLine> ledger, bool isCounted = true)
    {
        await using SqliteConnection connection = new($"Data Source={Path.Combine(verifier.DataDirectory, "iotattest.db")};Mode=ReadOnly;Pooling=False");
        return await HoldAgainstAsync([verifier], connection, ledger, isCounted);
    }

    /// <summary>The same for several verifiers that share a database: each of them shows such verdicts, and the database has such counts.</summary>
    public static async Task<string> HoldAgainstAsync(IReadOnlyList<ChildVerifier> verifiers, DbConnection database, IReadOnlyList<LedgerLine> ledger, bool isCounted = true)
    {
        foreach (ChildVerifier verifier in verifiers)
        {
            List<string> older = await OlderAsync(verifier, ledger);
            for (Stopwatch watch = Stopwatch.StartNew(); older.Count > 0 && verifiers.Count > 1 && watch.Elapsed < Pace.Allowed(Following);)
            {
                older = await OlderAsync(verifier, ledger);
            }

            Assert.True(older.Count == 0, $"{older.Count} of {ledger.Count} verdicts at {verifier.Http} are older than what was acknowledged:\n{string.Join('\n', older.Take(10))}");
        }

        Dictionary<string, long> reports = await ReportsAsync(database);
        long acknowledged = ledger.Sum(line => line.Acknowledged);
        long lost = isCounted ? ledger.Sum(line => Math.Max(0, line.Acknowledged - reports.GetValueOrDefault(line.Ueid))) : 0;
        long twice = ledger.Sum(line => Math.Max(0, reports.GetValueOrDefault(line.Ueid) - line.Sent));
        Assert.True(lost == 0, $"{lost} of {acknowledged} acknowledged evidences are not counted");
        Assert.True(twice == 0, $"{twice} evidences more are counted than were sent");
        return string.Create(CultureInfo.InvariantCulture, $"{ledger.Count} boards, {acknowledged:N0} evidences acknowledged, {reports.Values.Sum():N0} counted, {lost} lost, 0 verdicts older than the last acknowledged evidence");
    }

    private static async Task<List<string>> OlderAsync(ChildVerifier verifier, IReadOnlyList<LedgerLine> ledger)
    {
        using HttpClient http = verifier.Operator();
        List<string> older = [];
        foreach (LedgerLine line in ledger.Where(line => line.Last is not null))
        {
            byte[] stored = await Ledger.StoredNonceAsync(http, line.Ueid);
            if (!line.Allows(stored))
            {
                older.Add($"{line.Ueid}: acknowledged {Convert.ToHexStringLower(line.Last!)}, the verdict stands on {Convert.ToHexStringLower(stored)}");
            }
        }

        return older;
    }

    private static async Task<Dictionary<string, long>> ReportsAsync(DbConnection connection)
    {
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Counts;
        await using DbDataReader rows = await command.ExecuteReaderAsync();
        Dictionary<string, long> reports = [];
        while (await rows.ReadAsync())
        {
            reports[rows.GetString(0)] = rows.GetInt64(1);
        }

        return reports;
    }
}
