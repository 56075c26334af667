using System.Text.Json;
using IotAttest.Cli.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace IotAttest.Cli.Tests.Log;

/// <summary>The transparency log from outside: keep, check, follow, and find out who rewrote it.</summary>
public sealed class LogCommandTests
{
    // The entries: 1 log, 2 key of acme, 3 build, 4 build-event.
    private const string Change = "UPDATE build_events SET decided_by = 'somebody else'";

    [Fact]
    public async Task A_log_in_order_is_said_to_be_so_online_offline_and_from_the_data_directory()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        await KeepAsync(line, verifier);

        CommandResult online = (await line.RunAsync(["log", "verify", "--checkpoint", "@kept.json", "--key", "@keys.json", .. Server(verifier)])).Ended(0);
        CommandResult saved = (await line.RunAsync("log", "verify", "--entries", "@log.jsonl", "--checkpoint", "@kept.json", "--key", "@keys.json", "--json")).Ended(0);
        (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@kept.json")).Ended(0);

        Assert.Contains("signature: holds", online.Out, StringComparison.Ordinal);
        Assert.Equal(4, JsonElement.Parse(saved.Out).GetProperty("content").GetProperty("agreesUpTo").GetInt32());
    }

    [Fact]
    public async Task A_changed_row_is_named_by_its_sequence_number()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        await KeepAsync(line, verifier);
        Tamper(line, Change);

        CommandResult found = (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@kept.json")).Ended(1);

        Assert.Contains("entry 4: seen a build-event 1 whose row says something else today", found.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_sees_the_log_grow_and_names_the_entry_that_was_rewritten()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        string[] monitor = ["log", "monitor", "--state", "@seen", "--once", "--json", .. Server(verifier)];
        CommandResult first = (await line.RunAsync(monitor)).Ended(0);
        await AddOrganisationAsync(line, verifier, "other", "other.pem");
        CommandResult second = (await line.RunAsync(monitor)).Ended(0);
        CommandResult third = (await line.RunAsync(monitor)).Ended(0);

        // Row, entry and leaf are changed so that they agree with each other; inner nodes are rebuilt by nobody.
        Tamper(line, "UPDATE log_entries SET body = CAST('{\"kind\":\"build-event\"}' AS BLOB) WHERE seq = 4");
        CommandResult altered = (await line.RunAsync(monitor)).Ended(0);
        Tamper(line, "UPDATE log_entries SET leaf = zeroblob(32) WHERE seq = 4", "DELETE FROM log_nodes");
        CommandResult broken = await line.RunAsync(monitor);

        Assert.Equal(("log.grew", 0, 4), Look(first));
        Assert.Equal(("log.grew", 4, 5), Look(second));
        Assert.Equal(("log.unchanged", 5, 5), Look(third));
        Assert.Equal(("log.unchanged", 5, 5), Look(altered));
        Assert.NotEqual(0, broken.ExitCode);
    }

    [Fact]
    public async Task A_monitor_raises_the_alarm_when_another_history_is_told()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        string[] monitor = ["log", "monitor", "--state", "@seen", "--once", "--json"];
        (await line.RunAsync([.. monitor, .. Server(verifier)])).Ended(0);

        // The same key tells another history: a verifier that was set up anew with the old key.
        await verifier.Process.TerminateAsync();
        File.Delete(line.PathOf("data/iotattest.db"));
        using ServedVerifier again = await ServedVerifier.StartAsync(line.Folder);
        foreach (string name in (string[])["one", "two", "three"])
        {
            await AddOrganisationAsync(line, again, name, $"{name}.pem");
        }

        CommandResult alarm = (await line.RunAsync([.. monitor, .. Server(again)])).Ended(1);

        JsonElement json = JsonElement.Parse(alarm.Out);
        Assert.Equal("log.altered", json.GetProperty("event").GetString());
        Assert.Equal(2, json.GetProperty("findings")[0].GetProperty("entry").GetInt32());
    }

    [Fact]
    public async Task A_receipt_is_checked_offline_with_the_manifest_or_inside_it()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        await KeepAsync(line, verifier);
        using HttpClient client = new() { BaseAddress = verifier.Http };
        string id = JsonElement.Parse(await client.GetStringAsync(new Uri("/v1/builds", UriKind.Relative))).GetProperty("builds")[0].GetProperty("id").GetString()!;
        line.Write("receipt.cose", await client.GetByteArrayAsync(new Uri($"/v1/builds/{id}/receipt", UriKind.Relative)));
        client.DefaultRequestHeaders.Accept.ParseAdd("application/scitt-statement+cose");
        line.Write("transparent.corim", await client.GetByteArrayAsync(new Uri($"/v1/builds/{id}", UriKind.Relative)));
        line.Write("other.corim", [.. File.ReadAllBytes(line.PathOf("b.corim"))[..^1], 0]);

        (await line.RunAsync("verify", "receipt", "@receipt.cose", "--statement", "@b.corim", "--key", "@keys.json")).Ended(0);
        CommandResult inside = (await line.RunAsync("verify", "receipt", "@transparent.corim", "--key", "@keys.json")).Ended(0);
        (await line.RunAsync("verify", "manifest", "@transparent.corim", "--key", "@acme.pub.pem")).Ended(0);
        CommandResult other = (await line.RunAsync("verify", "receipt", "@receipt.cose", "--statement", "@other.corim", "--key", "@keys.json")).Ended(1);
        (await line.RunAsync("verify", "receipt", "@receipt.cose", "--statement", "@b.corim")).Ended(1);
        (await line.RunAsync("verify", "receipt", "@b.corim", "--key", "@keys.json")).Ended(2);

        Assert.Contains("receipt: holds", inside.Out, StringComparison.Ordinal);
        Assert.Contains("receipt: does not hold", other.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_or_with_a_changed_letter_is_refused()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await StartAsync(line);
        await KeepAsync(line, verifier);
        string kept = File.ReadAllText(line.PathOf("kept.json"));
        line.Write("changed.json", kept.Replace(".eyJ", ".fyJ", StringComparison.Ordinal));
        line.Write("nothing.json", "{}");

        (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@changed.json", "--key", "@keys.json")).Ended(1);
        (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@nothing.json")).Ended(1);
        (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@kept.json", "--key", "@acme.pub.pem")).Ended(1);
        (await line.RunAsync("log", "verify", "--data", "@nowhere")).Ended(3);
        (await line.RunAsync("log", "verify", "--data", "@data", "--entries", "@log.jsonl")).Ended(2);
    }

    private static async Task<ServedVerifier> StartAsync(CommandLine line)
    {
        ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        await ProductFiles.MakeAsync(line);
        (await line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
        (await line.RunAsync(["org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@acme.pub.pem", "--token-out", "@acme.token", .. Server(verifier)])).Ended(0);
        (await line.RunAsync("build", "submit", "@b.corim", "--server", verifier.Http.GetLeftPart(UriPartial.Authority), "--token-file", "@acme.token")).Ended(0);
        return verifier;
    }

    private static async Task AddOrganisationAsync(CommandLine line, ServedVerifier verifier, string name, string key)
    {
        (await line.RunAsync("key", "new", "--type", "es256", "--out", $"@{key}")).Ended(0);
        (await line.RunAsync(["org", "add", "--name", name, "--role", "manufacturer", "--key", $"@{Path.ChangeExtension(key, ".pub.pem")}", "--token-out", $"@{name}.token", .. Server(verifier)])).Ended(0);
    }

    private static async Task KeepAsync(CommandLine line, ServedVerifier verifier)
    {
        (await line.RunAsync(["log", "checkpoint", "--out", "@kept.json", .. Server(verifier)])).Ended(0);
        (await line.RunAsync(["log", "fetch", "--out", "@log.jsonl", .. Server(verifier)])).Ended(0);
        using HttpClient client = new() { BaseAddress = verifier.Http };
        line.Write("keys.json", await client.GetStringAsync(new Uri("/v1/keys", UriKind.Relative)));
    }

    private static void Tamper(CommandLine line, params string[] changes)
    {
        using SqliteConnection connection = new($"Data Source={line.PathOf("data/iotattest.db")};Pooling=False");
        connection.Open();
        foreach (string statement in (string[])["DROP TRIGGER IF EXISTS build_events_stay", "DROP TRIGGER IF EXISTS log_entries_stay", "DROP TRIGGER IF EXISTS log_nodes_remain", .. changes])
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private static (string Event, int Before, int Now) Look(CommandResult result)
    {
        JsonElement json = JsonElement.Parse(result.Out);
        return (json.GetProperty("event").GetString()!, json.GetProperty("before").GetInt32(), json.GetProperty("now").GetInt32());
    }

    private static string[] Server(ServedVerifier verifier) => ["--server", verifier.Http.GetLeftPart(UriPartial.Authority), "--token-file", verifier.TokenFile];
}
