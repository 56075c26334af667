using System.Diagnostics;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Demo;

public sealed class DemoTests
{
    private static readonly string[] Boards = ["S3-01", "S3-02", "S3-03", "S3-04", "S3-05", "S3-06", "S3-07", "S3-08", "F7-01", "F7-02", "F7-03", "C6-01"];

    [Fact]
    public async Task Once_ends_with_0_in_a_minute_and_its_last_output_is_the_table_where_only_the_tampered_board_is_compromised()
    {
        using CommandLine line = new();
        long start = Stopwatch.GetTimestamp();
        using ChildProcess demo = ChildProcess.Start(line.Folder, "demo", "--once");

        int exitCode = await demo.EndAsync();

        Assert.True(exitCode == 0, demo.ToString());
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Pace.Allowed(TimeSpan.FromSeconds(60)));
        Assert.Empty(demo.Errors);
        string[] table = [.. demo.Output.Where(text => !string.IsNullOrWhiteSpace(text)).TakeLast(Boards.Length)];
        Assert.Equal(Boards, table.Select(row => row.Trim()[..5]));
        Assert.All(table, row => Assert.Equal(ExpectedOf(row.Trim()[..5]), Cells(row)));
    }

    [Fact]
    public async Task Its_output_has_no_control_sequences_and_its_files_are_gone_afterwards()
    {
        using CommandLine line = new();
        using ChildProcess demo = ChildProcess.Start(line.Folder, "demo", "--once");

        string token = (await demo.LineAsync(text => text.Contains("T=", StringComparison.Ordinal))).Split("T=")[1].Split(' ')[0];
        await demo.EndAsync();

        Assert.False(File.Exists(token), token);
        Assert.Empty(Directory.EnumerateFileSystemEntries(line.Folder));
        Assert.All(demo.Output, text => Assert.DoesNotContain(text, char.IsControl));
    }

    [Fact]
    public async Task A_tampered_board_that_is_not_seen_as_such_ends_it_with_1_and_its_name()
    {
        using CommandLine line = new();
        using ChildProcess demo = ChildProcess.Start(line.Folder, "demo", "--once", "--json", "--without-tampering");

        int exitCode = await demo.EndAsync();

        Assert.True(exitCode == 1, demo.ToString());
        Assert.Contains("error: S3-04 is Conformant, expected Compromised (UnknownMeasurement)", demo.Errors);
        using JsonDocument table = JsonDocument.Parse(string.Join('\n', demo.Output));
        Assert.Equal(Boards, table.RootElement.EnumerateArray().Select(row => row.GetProperty("board").GetString()));
        Assert.All(table.RootElement.EnumerateArray(), row => Assert.Equal("Conformant", row.GetProperty("conformity").GetString()));
    }

    [Fact]
    public async Task A_folder_with_files_in_it_is_not_written_over()
    {
        using CommandLine line = new();
        line.Write("mine.txt", "mine");

        CommandResult result = (await line.RunAsync("demo", "--once", "--data", line.Folder)).Ended(2);

        Assert.Contains("a new or empty folder", result.Error, StringComparison.Ordinal);
        Assert.Equal([line.PathOf("mine.txt")], Directory.EnumerateFileSystemEntries(line.Folder));
    }

    private static string ExpectedOf(string board) => board switch
    {
        "S3-04" => "native ✖ Compromised UnknownMeasurement 1.2.0",
        "S3-07" => "native ▲ Drifted Rollback 1.1.0",
        "F7-02" => "native ○ Stale StaleEvidence 1.2.0",
        "C6-01" => "self-reported ● Conformant none 1.2.0",
        _ => "native ● Conformant none 1.2.0",
    };

    // Columns are parted by two spaces or more; board, product, time and sentence are not compared here.
    private static string Cells(string row) =>
        string.Join(' ', row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[2..6]);
}
