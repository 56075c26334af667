using IotAttest.Service.Tests.Postgres;
using IotAttest.Support;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Tests;

/// <summary>DESIGN.md section 7: storage grows with change, not with reports.</summary>
public sealed class GrowthTests
{
    [SqliteFact]
    public async Task A_hundred_reports_that_confirm_write_one_row_and_no_page()
    {
        FakeClock clock = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(clock);
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await board.AttestAsync();
        long pages = Pages(verifier);

        for (int i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            board.Uptime++;
            await board.AttestAsync();
        }

        Assert.Single(await board.HistoryAsync());
        Assert.Equal(pages, Pages(verifier));
    }

    private static long Pages(VerifierUnderTest verifier)
    {
        string file = Directory.GetFiles(verifier.DataDirectory, "*.db").Single();
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA page_count";
        return (long)command.ExecuteScalar()!;
    }
}
