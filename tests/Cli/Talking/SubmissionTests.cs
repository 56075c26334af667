namespace IotAttest.Cli.Tests.Talking;

public sealed class SubmissionTests : IDisposable
{
    private const string Ueid = "0100112233445566778899aabbccddeeff";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_manifest_travels_as_it_is()
    {
        using StubVerifier verifier = new(_ => (201, """{"id":"b-1","status":"submitted"}"""));
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);

        CommandResult result = (await _line.RunAsync("build", "submit", "@b.corim", "--server", verifier.Url, "--token", "t")).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal("POST /v1/builds", request.Line);
        Assert.Equal("application/rim+cose", request.ContentType);
        Assert.Equal(File.ReadAllBytes(_line.PathOf("b.corim")), request.Body);
        Assert.Contains("submitted", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_is_answered_with_id_and_status_first_and_without_raw_json()
    {
        using StubVerifier verifier = new(_ => (201, """{"version":"1.2.0","status":"submitted","id":"b-1","certificates":[],"assemblies":[{"name":"App"}]}"""));
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);

        CommandResult result = (await _line.RunAsync("build", "submit", "@b.corim", "--server", verifier.Url)).Ended(0);
        CommandResult json = (await _line.RunAsync("build", "submit", "@b.corim", "--server", verifier.Url, "--json")).Ended(0);

        Assert.Equal(["id", "status", "version"], result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        Assert.Equal(1, json.Json.GetProperty("assemblies").GetArrayLength());
    }

    [Fact]
    public async Task A_certificate_goes_to_certificates_and_not_to_builds()
    {
        using StubVerifier verifier = new(_ => (201, "{}"));
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
        (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);

        (await _line.RunAsync("build", "submit", "@c.corim", "--server", verifier.Url)).Ended(1);
        (await _line.RunAsync("certify", "submit", "@c.corim", "--server", verifier.Url)).Ended(0);

        Assert.Equal("POST /v1/certificates", Assert.Single(verifier.Requests).Line);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("withdraw")]
    [InlineData("revoke")]
    public async Task A_decision_carries_its_reason(string decision)
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync("certify", decision, "DEMO/1", "--reason", "found a flaw", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", decision, "DEMO/1", "--server", verifier.Url)).Ended(2);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal("POST /v1/certificates/DEMO%2F1/decisions", request.Line);
        Assert.Equal($$"""{"decision":"{{decision}}","reason":"found a flaw"}""", request.Text);
    }

    [Theory]
    [InlineData("30d", 2592000)]
    [InlineData("12h", 43200)]
    [InlineData("0d", 0)]
    [InlineData("3650d", 315360000)]
    public async Task Superseding_sends_the_grace_in_seconds(string grace, int seconds)
    {
        using StubVerifier verifier = new(_ => (200, "{}"));
        Guid old = Guid.NewGuid();
        Guid next = Guid.NewGuid();

        (await _line.RunAsync("build", "supersede", old.ToString(), "--by", next.ToString(), "--grace", grace, "--server", verifier.Url)).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal($"POST /v1/builds/{old:D}/supersede", request.Line);
        Assert.Equal($$"""{"by":"{{next:D}}","grace":{{seconds}}}""", request.Text);
    }

    [Theory]
    [InlineData("3651d")]
    [InlineData("30w")]
    [InlineData("-1d")]
    [InlineData("d")]
    public async Task A_grace_that_is_no_span_is_wrong_usage(string grace) =>
        (await _line.RunAsync("build", "supersede", Guid.NewGuid().ToString(), "--by", Guid.NewGuid().ToString(), $"--grace={grace}")).Ended(2);

    [Theory]
    [InlineData("decommission")]
    [InlineData("clear")]
    public async Task A_decision_about_a_board_carries_its_reason(string decision)
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync("device", decision, Ueid, "--reason", "scrapped", "--server", verifier.Url)).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal($"POST /v1/devices/{Ueid}/{decision}", request.Line);
        Assert.Equal("""{"reason":"scrapped"}""", request.Text);
    }

    [Fact]
    public async Task A_rekey_sends_the_public_half_only()
    {
        using StubVerifier verifier = new(_ => (200, "{}"));
        (await _line.RunAsync("key", "new", "--out", "@k.pem")).Ended(0);

        (await _line.RunAsync("device", "rekey", Ueid, "--key", "@k.pem", "--reason", "new module", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("device", "rekey", Ueid, "--key", _line.Write("h.hex", new string('5', 64)), "--reason", "new module", "--server", verifier.Url)).Ended(0);

        Assert.Equal(["kty", "crv", "x", "y"], verifier.Requests[0].Json.GetProperty("key").EnumerateObject().Select(member => member.Name));
        Assert.Equal("oct", verifier.Requests[1].Json.GetProperty("key").GetProperty("kty").GetString());
    }

    [Fact]
    public async Task A_board_is_shown_with_its_components()
    {
        using StubVerifier verifier = new(_ => (200, $$"""
            {"ueid":"{{Ueid}}","conformity":"Drifted","drift":["Rollback"],"build":null,"components":[{"name":"clr","reported":"sha256:aa","expected":"sha256:bb"}],
            "refusals":{"count":2,"last":"BadSignature"} }
            """));

        CommandResult result = (await _line.RunAsync("device", "show", Ueid, "--server", verifier.Url)).Ended(0);

        Assert.Contains("Rollback", result.Out, StringComparison.Ordinal);
        Assert.Contains("2, the last: BadSignature", result.Out, StringComparison.Ordinal);
        Assert.Matches("clr +no +sha256:aa +sha256:bb", result.Out);
    }

    [Theory]
    [InlineData("0200112233445566778899aabbccddeeff")]
    [InlineData("0100112233445566778899aabbccddeef")]
    [InlineData("0100112233445566778899AABBCCDDEEFF")]
    public async Task Rfc9711_4_2_1_a_ueid_is_34_hex_digits_of_type_01(string ueid) => (await _line.RunAsync("device", "show", ueid)).Ended(2);
}
