using System.Text.Json;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>A factory run that is stopped at any moment is continued by the same command: no board twice, none lost, no torn line.</summary>
#pragma warning disable CA1001 // The framework calls DisposeAsync.
public sealed class ProvisioningResumeTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly CommandLine _line = new();

    public async Task InitializeAsync() =>
        (await _line.RunAsync("board", "new-class", "--board", ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json"), "--oemid", "32473", "--out", "@my-board.json")).Ended(0);

    public Task DisposeAsync()
    {
        _line.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("hmac", 1)]
    [InlineData("hmac", 300_000)]
    [InlineData("es256", 90_000)]
    [InlineData("es256", 2_000_000)]
    public async Task A_killed_run_is_continued_whatever_was_written(string keyType, long bytes)
    {
        int count = keyType == "hmac" ? 60_000 : 20_000;
        string[] words = Words(count, "--key-type", keyType, "--board-lines", "@lines.txt");
        for (int kills = 1; kills <= 2; kills++)
        {
            await KillAsync(words, bytes * kills);
        }

        CommandResult result = (await _line.RunAsync([.. words, "--json"])).Ended(0);

        Assert.True(result.Json.GetProperty("continuedFrom").GetInt32() is > 0 and var made && made < count, result.Out);
        AssertWhole(count);
    }

    [Theory]
    [InlineData("line.jsonl")]
    [InlineData("line.secrets.jsonl")]
    [InlineData("lines.txt")]
    public async Task Whatever_a_file_lost_at_its_end_is_written_again(string file)
    {
        string[] words = Words(3, "--key-type", "es256", "--board-lines", "@lines.txt");
        await RunAsync(words);
        byte[] whole = File.ReadAllBytes(_line.PathOf(file));
        Dictionary<string, byte[]> others = Files().ToDictionary(name => name, name => File.ReadAllBytes(_line.PathOf(name)));
        int second = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (int length in (int[])[0, 1, second - 1, second, second + 1, whole.Length - 1, whole.Length])
        {
            RestoreStopped(others, words);
            File.WriteAllBytes(_line.PathOf(file), whole[..length]);
            if (file == "line.secrets.jsonl" && length < whole.Length)
            {
                // The secrets reach the disk first: records without them belong to nobody.
                (await _line.RunAsync(words)).Ended(1);
                continue;
            }

            await RunAsync(words);
            AssertWhole(3);
            Assert.All(others, other => Assert.Equal(other.Value, File.ReadAllBytes(_line.PathOf(other.Key))));
        }
    }

    [Fact]
    public async Task Secrets_without_records_are_boards_that_are_not_lost()
    {
        string[] words = Words(3, "--key-type", "hmac", "--strength", "self-reported", "--state-dir", "@states");
        await RunAsync(words);
        string[] ueids = Ueids("line.secrets.jsonl");
        RestoreStopped([], words);
        File.WriteAllText(_line.PathOf("line.jsonl"), "");
        Directory.Delete(_line.PathOf($"states/{ueids[1]}"), recursive: true);
        File.WriteAllBytes(Directory.GetFiles(_line.PathOf($"states/{ueids[2]}"))[0], [1]);

        await RunAsync(words);

        Assert.Equal(ueids, Ueids("line.jsonl"));
        Assert.All(ueids, ueid => Assert.Equal(2, Directory.GetFiles(_line.PathOf($"states/{ueid}")).Select(path => new FileInfo(path).Length).Count(length => length > 1)));
    }

    [Fact]
    public async Task Other_arguments_do_not_continue_a_run_and_the_refusal_names_what_differs()
    {
        string[] words = Words(5, "--key-type", "hmac");
        await RunAsync(words);
        RestoreStopped([], words);
        string before = File.ReadAllText(_line.PathOf("line.jsonl"));

        CommandResult refused = (await _line.RunAsync(Words(6, "--key-type", "es256"))).Ended(2);

        Assert.Contains("count 6 where the stopped run had 5", refused.Error, StringComparison.Ordinal);
        Assert.Contains("key-type \"es256\" where the stopped run had \"hmac\"", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("organisation", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_line.PathOf("line.jsonl")));
    }

    [Fact]
    public async Task A_file_that_somebody_changed_is_not_taken_for_one_of_the_run()
    {
        string[] words = Words(3, "--key-type", "hmac");
        await RunAsync(words);
        RestoreStopped([], words);
        string[] records = File.ReadAllLines(_line.PathOf("line.jsonl"));
        File.WriteAllLines(_line.PathOf("line.jsonl"), [records[1], records[0], records[2]]);

        CommandResult refused = (await _line.RunAsync(words)).Ended(1);

        Assert.Contains("line 1 of", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_complete_is_not_continued_and_leaves_no_journal()
    {
        await RunAsync(Words(2));

        Assert.False(File.Exists(_line.PathOf("line.jsonl.run")));
        (await _line.RunAsync(Words(2))).Ended(2);
    }

    private string[] Words(int count, params string[] more) =>
        ["device", "provision", "--count", $"{count}", "--board", "@my-board.json", "--organisation", "acme", "--out", "@line.jsonl", .. more];

    private async Task RunAsync(string[] words) => (await _line.RunAsync(words)).Ended(0);

    /// <summary>Kills a run, as kill -9 does, once the secrets have that many bytes.</summary>
    private async Task KillAsync(string[] words, long bytes)
    {
        using ChildProcess process = ChildProcess.Start(_line.Folder, [.. words.Select(word => word.Replace("@", _line.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))]);
        FileInfo secrets = new(_line.PathOf("line.secrets.jsonl"));
        while (!secrets.Exists || secrets.Length < bytes)
        {
            Assert.False(process.HasEnded, $"ended before it could be killed\n{process}");
            await Task.Delay(1);
            secrets.Refresh();
        }

        await process.KillAsync();
    }

    // As if the run had been stopped at the very end: its journal is still there.
    private void RestoreStopped(Dictionary<string, byte[]> files, string[] words)
    {
        foreach ((string name, byte[] content) in files)
        {
            File.WriteAllBytes(_line.PathOf(name), content);
        }

        string journal = _line.PathOf("line.jsonl.run");
        if (!File.Exists(journal))
        {
            File.WriteAllText(journal, Journal(words));
        }
    }

    private string Journal(string[] words)
    {
        JsonElement board = JsonElement.Parse(File.ReadAllText(_line.PathOf("my-board.json")));
        string? Of(string name) => Array.IndexOf(words, name) is >= 0 and int at ? words[at + 1].Replace("@", _line.Folder + "/", StringComparison.Ordinal) : null;
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["count"] = int.Parse(Of("--count")!, null),
            ["class"] = board.GetProperty("class").GetString(),
            ["oemid"] = 32473,
            ["organisation"] = "acme",
            ["key-type"] = Of("--key-type") ?? "hmac",
            ["strength"] = Of("--strength") ?? "native",
            ["freshness"] = "challenge",
            ["hardware-version"] = "",
            ["secrets-out"] = _line.PathOf("line.secrets.jsonl"),
            ["board-lines"] = Of("--board-lines"),
            ["state-dir"] = Of("--state-dir"),
        });
    }

    private void AssertWhole(int count)
    {
        string[] secrets = Ueids("line.secrets.jsonl");
        Assert.Equal(count, secrets.Length);
        Assert.Equal(count, secrets.Distinct().Count());
        Assert.Equal(secrets, Ueids("line.jsonl"));
        string[] lines = File.ReadAllLines(_line.PathOf("lines.txt"));
        Assert.Equal(secrets, lines.Select(line => line[("provision ".Length + 16)..][..34]));
        Assert.All(Files(), name => Assert.Equal((byte)'\n', File.ReadAllBytes(_line.PathOf(name))[^1]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("line.secrets.jsonl")));
    }

    private static string[] Files() => ["line.jsonl", "line.secrets.jsonl", "lines.txt"];

    private string[] Ueids(string name) => [.. File.ReadAllLines(_line.PathOf(name)).Select(line => JsonElement.Parse(line).GetProperty("ueid").GetString()!)];
}
