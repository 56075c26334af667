using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using IotAttest.Cli.Bench;
using IotAttest.Cli.Tests.Hosting;
using IotAttest.Domain.Devices;
using IotAttest.EndToEnd.Tests;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Backup;

public sealed class BackupTests(StoppedVerifier stopped) : IClassFixture<StoppedVerifier>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task A_backup_of_a_running_verifier_restores_to_one_that_knows_boards_secrets_and_the_same_log()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        using HttpClient http = Client(verifier);
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 4);
        await using LoadGenerator load = new(verifier.Mqtt.Split(':')[0], int.Parse(verifier.Mqtt.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), fleet);
        await load.ConnectAsync(CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task<LoadReport> run = load.RunAsync(Patience.Long, null, stop.Token);
        CommandResult backup = (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar", "--with-keys", "--json")).Ended(0);
        await stop.CancelAsync();
        await run;
        string checkpoint = await http.GetStringAsync(new Uri("/v1/log/checkpoint", UriKind.Relative));

        (await line.RunAsync("restore", "--from", "@b.tar", "--data", "@other/data")).Ended(0);
        using ServedVerifier restored = await ServedVerifier.StartAsync(line.PathOf("other"));
        using HttpClient again = Client(restored);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(line.PathOf("b.tar")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(line.PathOf("other/data/secrets.key")));
        Assert.Equal(verifier.Token, restored.Token);
        Assert.Equal(Root(checkpoint), Root(await again.GetStringAsync(new Uri("/v1/log/checkpoint", UriKind.Relative))));
        Assert.Equal(JsonElement.Parse(backup.Out).GetProperty("logSize").GetInt64(), JsonElement.Parse(checkpoint).GetProperty("size").GetInt64());
        Assert.Single(Directory.GetDirectories(line.PathOf("other")));

        // Boards attest there with the shared keys that the backup brought.
        await using LoadGenerator more = new(restored.Mqtt.Split(':')[0], int.Parse(restored.Mqtt.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), fleet);
        await more.ConnectAsync(CancellationToken.None);
        await more.EveryBoardAsync(fleet);
        Assert.Equal(fleet.Boards.Count, more.Acknowledged.Count);
    }

    [Fact]
    public async Task Without_the_switch_no_key_is_in_it_and_both_commands_say_so()
    {
        using CommandLine line = stopped.Copy();

        CommandResult backup = (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar")).Ended(0);
        CommandResult restore = (await line.RunAsync("restore", "--from", "@b.tar", "--data", "@new")).Ended(0);

        string archive = Encoding.Latin1.GetString(File.ReadAllBytes(line.PathOf("b.tar")));
        Assert.Contains("without secrets.key", backup.Error, StringComparison.Ordinal);
        Assert.Contains("before the start put secrets.key", restore.Error, StringComparison.Ordinal);
        Assert.All(["secrets.key", "operator.token"], name => Assert.DoesNotContain(File.ReadAllText(line.PathOf($"data/{name}")).Trim(), archive, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["iotattest.db", "lock"], Directory.GetFileSystemEntries(line.PathOf("new")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Nothing_is_ever_overwritten()
    {
        using CommandLine line = stopped.Copy();
        (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar")).Ended(0);
        byte[] before = File.ReadAllBytes(line.PathOf("b.tar"));

        CommandResult backup = (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar")).Ended(3);
        CommandResult restore = (await line.RunAsync("restore", "--from", "@b.tar", "--data", "@data")).Ended(3);

        Assert.Contains("exists", backup.Error, StringComparison.Ordinal);
        Assert.Contains("Restore into an empty directory", restore.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(line.PathOf("b.tar")));
    }

    [Theory]
    [InlineData("database byte", "not the one of its manifest")]
    [InlineData("cut short", "is damaged")]
    [InlineData("other log", "the manifest says")]
    [InlineData("later schema", "this program knows up to")]
    [InlineData("later format", "has format 2")]
    [InlineData("strange entry", "which no backup holds")]
    [InlineData("link", "which no backup holds")]
    [InlineData("no database", "lacks the database")]
    public async Task A_backup_that_was_damaged_or_altered_is_refused_and_leaves_nothing(string damage, string says)
    {
        using CommandLine line = stopped.Copy();
        (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar", "--with-keys")).Ended(0);
        Damage(line.PathOf("b.tar"), damage);

        CommandResult restore = (await line.RunAsync("restore", "--from", "@b.tar", "--data", "@new")).Ended(3);

        Assert.Single(restore.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(says, restore.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(line.PathOf("new")), "a refused restore left its folder behind");
    }

    [Fact]
    public async Task A_damaged_database_makes_no_backup_and_no_verifier_and_the_refusal_names_the_way_out()
    {
        using CommandLine line = stopped.Copy();
        string file = line.PathOf("data/iotattest.db");
        byte[] database = File.ReadAllBytes(file);

        // Pages in the middle, which nothing reads at the start for its own sake.
        database.AsSpan(database.Length / 2, 16 * 4096).Fill(0xAA);
        File.WriteAllBytes(file, database);

        CommandResult start = (await line.RunAsync("serve", "--data", "@data", "--http", "127.0.0.1:0", "--mqtt", "off")).Ended(3);
        CommandResult backup = (await line.RunAsync("backup", "--data", "@data", "--out", "@b.tar")).Ended(3);

        Assert.Contains("iotattest restore", start.Error, StringComparison.Ordinal);
        Assert.Contains("damaged", start.Error, StringComparison.Ordinal);
        Assert.Contains("damaged", backup.Error, StringComparison.Ordinal);
        Assert.Contains("expected the intact data directory of a verifier", backup.Error, StringComparison.Ordinal);
        Assert.All([start.Error, backup.Error], error => Assert.DoesNotContain(".;", error, StringComparison.Ordinal));
        Assert.False(File.Exists(line.PathOf("b.tar")));
    }

    [Fact]
    public async Task A_restore_that_was_cut_off_does_not_start()
    {
        using CommandLine line = stopped.Copy();
        Directory.CreateDirectory(line.PathOf("data/restoring"));

        CommandResult start = (await line.RunAsync("serve", "--data", "@data", "--http", "127.0.0.1:0", "--mqtt", "off")).Ended(3);

        Assert.Contains("not put back to the end", start.Error, StringComparison.Ordinal);
    }

    private static HttpClient Client(ServedVerifier verifier) => new() { BaseAddress = verifier.Http, DefaultRequestHeaders = { Authorization = new("Bearer", verifier.Token) } };

    private static string? Root(string checkpoint) => JsonElement.Parse(checkpoint).GetProperty("root").GetString();

    private static void Damage(string path, string damage)
    {
        List<(string Name, byte[] Content)> parts = Read(path);
        byte[] database = parts.Single(part => part.Name == "iotattest.db").Content;
        TarEntryType type = damage == "link" ? TarEntryType.SymbolicLink : TarEntryType.RegularFile;
        switch (damage)
        {
            case "database byte":
                database[^100] ^= 1;
                break;
            case "other log":
                Edit(parts, "\"logRoot\": \"", "\"logRoot\": \"00");
                break;
            case "later schema":
                // user_version, offset 60 of the header: the hash of the manifest follows, or that would be found first.
                database[62] = 0x7F;
                Edit(parts, Hash(Read(path)), Hash(parts));
                break;
            case "later format":
                Edit(parts, "\"format\": 1", "\"format\": 2");
                break;
            case "strange entry":
                parts.Add(("../elsewhere", [1]));
                break;
            case "link":
                parts.Add(("operator.token", []));
                parts.RemoveAll(part => part.Name == "operator.token" && part.Content.Length > 0);
                break;
            case "no database":
                parts.RemoveAll(part => part.Name == "iotattest.db");
                break;
            default:
                break;
        }

        Write(path, parts, type);
        if (damage == "cut short")
        {
            using FileStream file = File.OpenWrite(path);
            file.SetLength(file.Length / 2);
        }
    }

    private static string Hash(List<(string Name, byte[] Content)> parts) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(parts.Single(part => part.Name == "iotattest.db").Content));

    private static void Edit(List<(string Name, byte[] Content)> parts, string from, string to)
    {
        int at = parts.FindIndex(part => part.Name == "manifest.json");
        string json = Encoding.UTF8.GetString(parts[at].Content);
        Assert.Contains(from, json, StringComparison.Ordinal);
        parts[at] = ("manifest.json", Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal)));
    }

    private static List<(string Name, byte[] Content)> Read(string path)
    {
        List<(string, byte[])> parts = [];
        using FileStream file = File.OpenRead(path);
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            parts.Add((entry.Name, content.ToArray()));
        }

        return parts;
    }

    private static void Write(string path, List<(string Name, byte[] Content)> parts, TarEntryType lastType)
    {
        using FileStream file = File.Create(path);
        using TarWriter tar = new(file);
        foreach ((string name, byte[] content) in parts)
        {
            bool isLink = lastType == TarEntryType.SymbolicLink && content.Length == 0;
            PaxTarEntry entry = new(isLink ? lastType : TarEntryType.RegularFile, name);
            if (isLink)
            {
                entry.LinkName = "/etc/hostname";
            }
            else
            {
                entry.DataStream = new MemoryStream(content);
            }

            tar.WriteEntry(entry);
        }
    }
}
