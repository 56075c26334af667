using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Tests.Postgres;

namespace IotAttest.Service.Tests;

public sealed class EnrolmentTests
{
    [Fact]
    public async Task A_new_board_is_201_with_its_credential_once_and_the_same_again_is_200_without()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        foreach (JsonObject board in new[] { Boards.Hmac(), Boards.P256(strength: "hardware-rooted"), Boards.Hmac(strength: "self-reported").With("freshness", "epoch").With("oemid", new string('a', 32)) })
        {
            using HttpResponseMessage first = await acme.PostTextAsync("/v1/devices", board.ToJsonString());
            JsonElement created = await first.JsonAsync();
            using HttpResponseMessage again = await acme.PostTextAsync("/v1/devices", board.ToJsonString());
            using HttpResponseMessage stated = await acme.PostTextAsync("/v1/devices", board.With("credential", created.Text("credential")).ToJsonString());

            Assert.Equal((201, 200, 200), ((int)first.StatusCode, (int)again.StatusCode, (int)stated.StatusCode));
            Assert.Equal($"/v1/devices/{board["ueid"]}", first.Headers.Location!.ToString());
            Assert.Equal(43, created.Text("credential").Length);
            Assert.False((await again.JsonAsync()).TryGetProperty("credential", out _));
        }
    }

    [Fact]
    public async Task A_credential_that_was_given_is_not_returned()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string credential = new('A', 43);

        using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", Boards.Hmac().With("credential", credential).ToJsonString());

        Assert.Equal(201, (int)response.StatusCode);
        Assert.False((await response.JsonAsync()).TryGetProperty("credential", out _));
    }

    [Theory]
    [InlineData("oemid", "7", "enrol another UEID")]
    [InlineData("class", "\"00000000-0000-4000-8000-000000000001\"", "enrol another UEID")]
    [InlineData("evidenceStrength", "\"hardware-rooted\"", "enrol another UEID")]
    [InlineData("freshness", "\"epoch\"", "enrol another UEID")]
    [InlineData("organisation", "\"other\"", "enrol another UEID")]
    [InlineData("credential", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "rekey")]
    [InlineData("key", """{"kty":"oct","k":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"}""", "rekey")]
    public async Task The_same_ueid_with_anything_else_is_409_names_it_and_says_what_fits(string member, string value, string todo)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient client = verifier.Operator();
        JsonObject board = Boards.Hmac();
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());

        JsonElement problem = await client.PostTextAsync("/v1/devices", board.With(member, JsonNode.Parse(value)).ToJsonString()).AssertProblemAsync(409, "Conflict");

        Assert.Contains(member, problem.Text("seen"), StringComparison.Ordinal);
        Assert.Contains(todo, problem.Text("do"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_belongs_to_one_board()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(201, await acme.PostTextAsync("/v1/devices", Boards.Hmac(key: secret).ToJsonString()).StatusAsync());
        Assert.Equal(201, await acme.PostTextAsync("/v1/devices", Boards.P256(key: key).ToJsonString()).StatusAsync());
        await verifier.RestartAsync();
        using HttpClient client = verifier.Operator();

        await client.PostTextAsync("/v1/devices", Boards.Hmac(key: secret, strength: "self-reported").ToJsonString()).AssertProblemAsync(409, "Conflict");
        await client.PostTextAsync("/v1/devices", Boards.P256(key: key).ToJsonString()).AssertProblemAsync(409, "Conflict");
    }

    [Theory]
    [InlineData("ueid", "\"0100\"", "ueid")]
    [InlineData("ueid", "\"02aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "ueid")]
    [InlineData("ueid", "\"01AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "ueid")]
    [InlineData("ueid", null, "ueid")]
    [InlineData("oemid", "4294967296", "oemid")]
    [InlineData("oemid", "-1", "oemid")]
    [InlineData("oemid", "\"32473\"", "oemid")]
    [InlineData("class", "\"3c1d9a529f6e4f0c8a7b2d5e6f708192\"", "class")]
    [InlineData("key", null, "key")]
    [InlineData("key", """{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "same byte")]
    [InlineData("key", """{"kty":"oct","k":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw"}""", "key.k")]
    [InlineData("key", """{"kty":"oct","k":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA","crv":"P-256"}""", "key.crv")]
    [InlineData("key", """{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""", "key.crv")]
    [InlineData("key", """{"kty":"EC","crv":"P-256","x":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA","y":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"}""", "no point on the curve")]
    [InlineData("key", """{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}""", "key.d")]
    [InlineData("key", """{"kty":"RSA"}""", "key.kty")]
    [InlineData("credential", "\"short\"", "credential")]
    [InlineData("credential", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"", "credential")]
    [InlineData("evidenceStrength", "\"strong\"", "evidenceStrength")]
    [InlineData("freshness", "\"none\"", "freshness")]
    [InlineData("colour", "\"red\"", "colour")]
    public async Task A_record_that_does_not_fit_is_400_and_names_the_member(string member, string? value, string seen)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        JsonObject board = Boards.Hmac().With(member, value is null ? null : JsonNode.Parse(value));

        JsonElement problem = await acme.PostTextAsync("/v1/devices", board.ToJsonString()).AssertProblemAsync(400, "Malformed");

        Assert.Contains(seen, problem.Text("seen"), StringComparison.Ordinal);
        Assert.DoesNotContain("AQIDBAUG", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_maker_and_the_operator_enrol_above_self_reported()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient fleet = await verifier.OrganisationAsync("fleet", "integrator");
        using HttpClient client = verifier.Operator();

        Assert.Equal(201, await acme.PostTextAsync("/v1/devices", Boards.P256().ToJsonString()).StatusAsync());
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", Boards.P256().ToJsonString()).StatusAsync());
        await other.PostTextAsync("/v1/devices", Boards.P256().ToJsonString()).AssertProblemAsync(403, "Forbidden");
        await other.PostTextAsync("/v1/devices", Boards.Hmac(strength: "self-reported").ToJsonString()).AssertProblemAsync(403, "Forbidden");
        await fleet.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString()).AssertProblemAsync(403, "Forbidden");
    }

    [Fact]
    public async Task An_integrator_enrols_self_reported_boards_as_their_owner_and_for_nobody_else()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient fleet = await verifier.OrganisationAsync("fleet", "integrator");
        using HttpClient rival = await verifier.OrganisationAsync("rival", "integrator");
        JsonObject board = Boards.Hmac(strength: "self-reported");

        await fleet.PostTextAsync("/v1/devices", board.With("owner", "rival").ToJsonString()).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(201, await fleet.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        Assert.Equal(200, await fleet.GetAsync(new Uri($"/v1/devices/{board["ueid"]}", UriKind.Relative)).StatusAsync());
        await rival.GetAsync(new Uri($"/v1/devices/{board["ueid"]}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Theory]
    [InlineData("organisation", "nobody")]
    [InlineData("organisation", "fleet")]
    [InlineData("owner", "nobody")]
    [InlineData("owner", "acme")]
    public async Task Organisation_is_a_manufacturer_and_owner_an_integrator(string member, string name)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient fleet = await verifier.OrganisationAsync("fleet", "integrator");
        using HttpClient client = verifier.Operator();

        await client.PostTextAsync("/v1/devices", Boards.Hmac().With(member, name).ToJsonString()).AssertProblemAsync(422, "UnknownOrganisation");
    }

    [Fact]
    public async Task Twenty_thousand_lines_get_twenty_thousand_replies_in_order_and_survive_a_restart()
    {
        const int Count = 20_000;
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string[] lines = [.. Enumerable.Range(0, Count).Select(_ => Boards.Hmac().ToJsonString())];

        using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", string.Join('\n', lines), "application/x-ndjson");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        JsonElement[] replies = Lines(await response.Content.ReadAsStringAsync());
        Assert.Equal(Enumerable.Range(1, Count), replies.Select(reply => reply.GetProperty("line").GetInt32()));
        Assert.All(replies, reply => Assert.Equal(201, reply.GetProperty("status").GetInt32()));
        await verifier.RestartAsync();
        using HttpClient anybody = verifier.Anybody();
        Assert.Contains($"\niotattest_devices {Count}\n", await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_line_has_its_own_answer_and_a_bad_one_stops_nothing()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        JsonObject board = Boards.Hmac();
        string fits = board.ToJsonString().PadRight(8 * 1024);
        string tooLong = Boards.Hmac().ToJsonString().PadRight((8 * 1024) + 1);
        string taken = board.With("oemid", 7).ToJsonString();

        using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", $"{fits}\n\r\n{fits}\r\n{tooLong}\nno json\n{taken}\n{Boards.P256().ToJsonString()}", "application/jsonl");

        JsonElement[] replies = Lines(await response.Content.ReadAsStringAsync());
        Assert.Equal([(1, 201), (3, 413), (4, 413), (5, 400), (6, 409), (7, 201)], replies.Select(reply => (reply.GetProperty("line").GetInt32(), reply.GetProperty("status").GetInt32())));
        Assert.All(replies.Where(reply => reply.GetProperty("status").GetInt32() >= 400), reply => Assert.All(["code", "seen", "expected", "do"], name => Assert.NotEmpty(reply.Text(name))));
    }

    [Fact]
    public async Task The_same_board_twice_in_one_batch_is_enrolled_once()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string line = Boards.Hmac().ToJsonString();

        using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", $"{line}\n{line}\n", "application/x-ndjson");

        Assert.Equal([201, 200], Lines(await response.Content.ReadAsStringAsync()).Select(reply => reply.GetProperty("status").GetInt32()));
    }

    [SqliteFact]
    public async Task Keys_tokens_and_credentials_never_stand_in_the_store_in_the_clear()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        JsonObject board = Boards.Hmac(key: secret);
        using HttpResponseMessage response = await acme.PostTextAsync("/v1/devices", board.ToJsonString());
        string credential = (await response.JsonAsync()).Text("credential");
        string[] texts = [credential, acme.DefaultRequestHeaders.Authorization!.Parameter!, verifier.OperatorToken, board["key"]!["k"]!.ToString()];

        string[] files = Directory.GetFiles(verifier.DataDirectory, "iotattest.db*");
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files)
        {
            byte[] content = ReadShared(file);
            Assert.True(content.AsSpan().IndexOf(secret) < 0, file);
            Assert.True(content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret))) < 0, file);
            Assert.All(texts, text => Assert.True(content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) < 0, file));
        }
    }

    private static byte[] ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static JsonElement[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
