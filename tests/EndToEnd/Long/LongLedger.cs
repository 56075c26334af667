using System.Globalization;
using IotAttest.Cli.Bench;
using Microsoft.Data.Sqlite;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The boards' ledger held against a verifier, line by line.</summary>
internal static class LongLedger
{
    /// <summary>Every verdict stands on the last acknowledged evidence or a later one, and no evidence that was acknowledged is missing from the count.</summary>
    /// <returns>What a figure needs.</returns>
    public static async Task<string> HoldAgainstAsync(ChildVerifier verifier, IReadOnlyList<LedgerLine> ledger, bool isCounted = true)
    {
        Dictionary<string, long> reports = Reports(verifier.DataDirectory);
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

        long acknowledged = ledger.Sum(line => line.Acknowledged);
        long lost = isCounted ? ledger.Sum(line => Math.Max(0, line.Acknowledged - reports.GetValueOrDefault(line.Ueid))) : 0;
        Assert.True(older.Count == 0, $"{older.Count} of {ledger.Count} verdicts are older than what was acknowledged:\n{string.Join('\n', older.Take(10))}");
        Assert.True(lost == 0, $"{lost} of {acknowledged} acknowledged evidences are not counted");
        return string.Create(CultureInfo.InvariantCulture, $"{ledger.Count} boards, {acknowledged:N0} evidences acknowledged, {reports.Values.Sum():N0} counted, {lost} lost, {older.Count} verdicts older than the last acknowledged evidence");
    }

    private static Dictionary<string, long> Reports(string dataDirectory)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(dataDirectory, "iotattest.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT lower(hex(d.ueid)), s.reports FROM devices d JOIN device_state s ON s.device_id = d.id";
        using SqliteDataReader rows = command.ExecuteReader();
        Dictionary<string, long> reports = [];
        while (rows.Read())
        {
            reports[rows.GetString(0)] = rows.GetInt64(1);
        }

        return reports;
    }
}
