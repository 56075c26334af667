using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Corim;
using IotAttest.Service.Tests.Access;
using IotAttest.Service.Tests.Appraisals;
using IotAttest.Service.Tests.Events;

namespace IotAttest.Service.Tests.Lessons;

/// <summary>9 to 14: policies, secrets, manifests.</summary>
public sealed partial class OthersMistakes
{
    [Fact]
    public async Task Never_09_an_old_policy_used_from_a_cache_after_an_update()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));

        await ReplayTests.SubmitPolicyAsync(_operator, "demo.substantial", 2, """["secureBoot"]""");

        Assert.Equal("PendingCoverage", (await _board.DeviceAsync()).Text("conformity"));
        Assert.Contains("urn:iotattest:policy:demo.substantial:v2", (await AttestAsync()).Texts("policies"));
        Assert.Equal(["PendingCoverage"], (await GateAsync(_board.Ueid, "review"))[..1]);
    }

    /// <summary>Keylime e24600ce. Everything is logged down to traces, and all that was secret is looked for.</summary>
    [Fact]
    public async Task Never_10_tokens_or_keys_in_logs()
    {
        using LogMemory logs = new();
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(
            change: options => options with { Mqtt = "127.0.0.1:0", WebhookHosts = ["127.0.0.1"], OidcAuthority = new Uri(issuer.Url), OidcAudience = "iotattest" }, logs: logs);
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        List<string> secrets = [verifier.OperatorToken, acme.DefaultRequestHeaders.Authorization!.Parameter!];

        // Enrolment, a repeated one, refused ones, a rekey.
        using TestBoard board = new(verifier);
        JsonObject[] records = [board.Record, board.Record, Boards.Hmac(board.Ueid).With("credential", board.Credential), board.Record.With("oemid", "wrong"), Boards.Hmac().With("credential", "too short a secret")];
        foreach (JsonObject record in records)
        {
            using HttpResponseMessage enrolled = await acme.PostTextAsync("/v1/devices", record.ToJsonString());
            secrets.AddRange([record["key"]!["k"]!.ToString(), Hex(record["key"]!["k"]!.ToString()), record["credential"]!.ToString()]);
        }

        // Tokens: a new one, a revoked one that is used again, an unknown one, an OIDC failure.
        using HttpResponseMessage made = await acme.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "line-1" });
        string jwt = issuer.Sign(new JsonObject { ["iss"] = "https://elsewhere.example", ["aud"] = "iotattest", ["sub"] = "ann" });
        foreach (string token in new[] { (await made.JsonAsync()).Text("token"), "an-unknown-token-of-somebody", jwt, issuer.Unsigned(new JsonObject { ["sub"] = "ann" }) })
        {
            using HttpClient client = verifier.With(token);
            await client.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync();
            secrets.Add(token);
        }

        // Webhooks, one of which the receiver refuses; evidence over both ways, good and bad; a wrong password.
        using HttpResponseMessage hook = await acme.PostJsonAsync("/v1/webhooks", new { url = receiver.Url });
        string secret = (await hook.JsonAsync()).Text("secret");
        secrets.AddRange([secret, secret["whsec_".Length..]]);
        receiver.Status = 500;
        await board.AttestAsync();
        byte[] forged = board.Evidence(await board.ChallengeAsync());
        forged[^1] ^= 1;
        Assert.Equal(401, await board.SubmitAsync(forged).StatusAsync());
        await using (MqttBoard connection = await MqttBoard.ConnectAsync(verifier, board))
        {
            board.Uptime++;
            await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
            await connection.ResultAsync();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => IotAttest.Mqtt.MqttClientConnection.ConnectAsync(MqttBoard.Options(verifier, board, password: "a-wrong-password-of-a-board")));
        secrets.Add("a-wrong-password-of-a-board");
        await Eventually.TrueAsync(() => Task.FromResult(!receiver.Received.IsEmpty), "a webhook was tried");

        Assert.True(logs.Text.Length > 1000, "nothing was logged");
        Assert.All(secrets, hidden => Assert.False(logs.Text.Contains(hidden, StringComparison.OrdinalIgnoreCase), $"a secret of {hidden.Length} characters stands in the log"));
    }

    /// <summary>Keylime pull request 1482: only the keys that were registered count, whatever a file carries.</summary>
    [Fact]
    public async Task Never_11_a_manifest_trusted_because_it_carries_its_own_key()
    {
        using ECDsa own = SignedFiles.NewKey();
        using HttpClient maker = _registry.MakerClient();
        BuildManifest manifest = SignedFiles.Manifest();
        byte[] file = manifest.Sign(own);

        await maker.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType).AssertProblemAsync(404, "UnknownKey");
        int status = await maker.PostBytesAsync("/v1/builds", WithKey(file, own), SignedFiles.MediaType).StatusAsync();
        Assert.Contains(status, new[] { 400, 404 });
        Assert.Empty((await maker.GetJsonAsync("/v1/builds")).GetProperty("builds").EnumerateArray());
    }

    /// <summary>Trustee issue 1323: a member under any other spelling is refused, never ignored; the shipped policies do decide.</summary>
    [Fact]
    public async Task Never_12_a_policy_whose_names_do_not_match_and_that_therefore_asks_for_nothing()
    {
        foreach (string name in new[] { "minimum-evidence-strength", "minimum_evidence_strength", "minimum.evidence.strength", "minimumEvidencestrength" })
        {
            string policy = $$"""{"policy":{"id":"demo.substantial","version":2,"scheme":"demo","level":"substantial","{{name}}":"native","requiredBootFacts":[],"allowedAlgorithms":["HMAC256","ES256"]},"reason":"x"}""";
            await _operator.PostTextAsync("/v1/policies", policy).AssertProblemAsync(400, "Malformed");
        }

        foreach (string fact in new[] { "secure-boot", "secure_boot", "secureboot" })
        {
            string policy = $$"""{"policy":{"id":"demo.substantial","version":2,"scheme":"demo","level":"substantial","minimumEvidenceStrength":"native","requiredBootFacts":["{{fact}}"],"allowedAlgorithms":["ES256"]},"reason":"x"}""";
            await _operator.PostTextAsync("/v1/policies", policy).AssertProblemAsync(400, "Malformed");
        }

        // The shipped demo.substantial asks for native evidence: an inventory, right as it is, never reaches it.
        Domain.Evidence.MeasuredSet inventory = Firmware.Of(("inventory", 0x55));
        await _registry.SubmitCertifiedAsync(inventory);
        using TestBoard reporting = await new TestBoard(_verifier).EnrolAsync("evidenceStrength", "self-reported");
        JsonElement device = await reporting.AttestAsync(inventory);
        Assert.Equal("PendingCoverage", device.Text("conformity"));
        Assert.Contains("demo.substantial", device.Text("nextStep"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"policy":["default:1","demo.basic:1"]}""")]
    [InlineData("""{"policy":"default:1,demo.basic:1"}""")]
    [InlineData("""{"policy":"default:1 demo.basic:1"}""")]
    [InlineData("""{"policy":"default:1","policy":"demo.basic:1"}""")]
    public async Task Never_13_several_policies_named_and_only_the_first_applied(string body)
    {
        await AttestAsync();

        await _operator.PostTextAsync($"/v1/appraisals/{_board.Ueid}/replay", body).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Never_14_a_superseded_build_that_still_affirms_or_a_minimum_that_is_ignored()
    {
        (string old, _) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        string next = await _registry.SubmitAsync(Firmware.OtherTampered, "2.0.0", securityVersion: 2);
        using HttpClient maker = _registry.MakerClient();
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));

        await maker.PostJsonAsync($"/v1/builds/{old}/supersede", new { by = next, grace = "P1D" }).AssertStatusAsync(200);
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("Drifted", "Rollback"), ShortOf(await AttestAsync()));

        using TestBoard late = await new TestBoard(_verifier).EnrolAsync();
        await _operator.PostJsonAsync($"/v1/classes/{Boards.Class}/minimum-security-version", new { version = 2, reason = "flaw in 1", manufacturer = "acme" }).AssertStatusAsync(200);
        Assert.Equal(("Drifted", "Rollback"), ShortOf(await late.AttestAsync()));
    }

    private static (string, string) ShortOf(JsonElement device) => (device.Text("conformity"), Assert.Single(device.Drift()));

    private static string Hex(string base64Url) => Convert.ToHexStringLower(Base64Url.DecodeFromChars(base64Url));

    // The empty unprotected map behind the protected header becomes {33: key}, as x5chain would stand there (RFC 9360).
    private static byte[] WithKey(byte[] file, ECDsa key)
    {
        byte[] spki = key.ExportSubjectPublicKeyInfo();
        int header = file[2] == 0x58 ? 4 + file[3] : 5 + (file[3] << 8) + file[4];
        Assert.Equal(0xa0, file[header]);
        return [.. file[..header], 0xa1, 0x18, 0x21, 0x58, (byte)spki.Length, .. spki, .. file[(header + 1)..]];
    }
}
