using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Postgres;

/// <summary>PostgreSQL gets many lines in one question: what each is answered is the same as when they come alone, and as on SQLite.</summary>
public sealed class BulkEnrolmentTests
{
    [RequiresPostgresFact]
    public async Task Lines_that_stand_in_each_others_way_are_answered_as_on_sqlite_and_as_one_by_one()
    {
        using TestDatabase database = TestDatabase.New();
        await using VerifierUnderTest postgres = await VerifierUnderTest.StartOnAsync(database);
        await using VerifierUnderTest sqlite = await VerifierUnderTest.StartAsync();
        await using VerifierUnderTest oneByOne = await VerifierUnderTest.StartAsync();
        (string before, string[] lines) = Lines();

        string[] there = await EnrolAsync(postgres, before, lines.Length, string.Join('\n', lines));
        string[] here = await EnrolAsync(sqlite, before, lines.Length, string.Join('\n', lines));
        string[] alone = await EnrolAsync(oneByOne, before, lines.Length, lines);

        Assert.Equal(alone, here);
        Assert.Equal(here, there);
        Assert.Equal(["201", "201", "409", "200", "409", "409", "400", "201", "200", "409", "200", "201", "200"], there[..13].Select(reply => reply.Split(' ')[0]));
        Assert.All(there[13..], reply => Assert.StartsWith("201 ", reply, StringComparison.Ordinal));
        foreach (VerifierUnderTest verifier in new[] { postgres, sqlite, oneByOne })
        {
            await verifier.RestartAsync();
            using HttpClient anybody = verifier.Anybody();
            Assert.Contains($"\niotattest_devices {there.Count(reply => reply.StartsWith("201", StringComparison.Ordinal)) + 1}\n", await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        }
    }

    /// <summary>One that is enrolled before, and lines that repeat it and each other; then enough to begin another change.</summary>
    private static (string Before, string[] Lines) Lines()
    {
        JsonObject before = Boards.Hmac();
        JsonObject first = Boards.Hmac();
        JsonObject second = Boards.P256();
        JsonObject owned = Boards.Hmac();
        string[] special =
        [
            Text(first),
            Text(second),
            Text(second.With("oemid", 7)),
            Text(before),
            Text(before.With("oemid", 7)),
            Text(Boards.Hmac().With("key", first["key"]!.DeepClone())),
            "no json",
            Text(owned),
            Text(owned.With("owner", "keeper")),
            Text(Boards.Hmac().With("key", before["key"]!.DeepClone())),
            Text(first),
            Text(Boards.Hmac().With("owner", "keeper")),
            Text(second),
        ];
        return (Text(before), [.. special, .. Enumerable.Range(0, 300).Select(_ => Text(Boards.Hmac()))]);
    }

    private static string Text(JsonObject board) => board.With("credential", new string('A', 43)).ToJsonString();

    /// <summary>Status and code of each line's answer.</summary>
    private static async Task<string[]> EnrolAsync(VerifierUnderTest verifier, string before, int count, params string[] bodies)
    {
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient keeper = await verifier.OrganisationAsync("keeper", "integrator");
        Assert.Equal(201, await acme.PostTextAsync("/v1/devices", before).StatusAsync());
        List<string> replies = [];
        foreach (string body in bodies)
        {
            using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", body, "application/x-ndjson");
            replies.AddRange((await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(AnswerOf));
        }

        Assert.Equal(count, replies.Count);
        return [.. replies];
    }

    private static string AnswerOf(string line)
    {
        JsonElement reply = JsonDocument.Parse(line).RootElement;
        return $"{reply.GetProperty("status").GetInt32()} {(reply.TryGetProperty("code", out JsonElement code) ? code.GetString() : "")}{(reply.TryGetProperty("seen", out JsonElement seen) ? seen.GetString() : "")}";
    }
}
