namespace IotAttest.Cli.Tests.Talking;

public sealed class OrgTokenTests : IDisposable
{
    private const string Created = """{"id":"00112233aabbccdd","name":"line-1","roles":["manufacturer"],"createdAt":"2026-11-22T12:00:00Z","madeBy":"acme","expiresAt":"2027-06-30T23:59:59Z","lastUsed":null,"isExpired":false,"token":"line-secret"}""";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_token_for_a_program_goes_into_a_file_and_says_its_end()
    {
        using StubVerifier verifier = new(_ => (201, Created));

        CommandResult result = (await _line.RunAsync(
            "org", "token", "new", "--name", "acme", "--token-name", "line-1", "--role", "manufacturer", "--until", "2027-06-30", "--token-out", "@t", "--server", verifier.Url)).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal("POST /v1/organisations/acme/tokens", request.Line);
        Assert.Equal(("line-1", "2027-06-30T23:59:59Z"), (request.Json.GetProperty("name").GetString(), request.Json.GetProperty("expiresAt").GetString()));
        Assert.Equal("manufacturer", request.Json.GetProperty("roles")[0].GetString());
        Assert.Equal("line-secret\n", File.ReadAllText(_line.PathOf("t")));
        Assert.DoesNotContain("line-secret", result.Out, StringComparison.Ordinal);
        Assert.Contains("00112233aabbccdd", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_leaves_no_file()
    {
        using StubVerifier verifier = new(_ => (409, """{"seen":"a token line-1 that is there already","expected":"a name of its own","do":"Choose another."}"""));

        (await _line.RunAsync("org", "token", "new", "--name", "acme", "--token-name", "line-1", "--token-out", "@t", "--server", verifier.Url)).Ended(1);

        Assert.False(File.Exists(_line.PathOf("t")));
    }

    [Fact]
    public async Task Tokens_are_listed_with_their_end_and_last_use()
    {
        using StubVerifier verifier = new(_ => (200, """{"tokens":[{"id":"00112233aabbccdd","name":"default","roles":["manufacturer","integrator"],"expiresAt":null,"lastUsed":"2026-11-21","isExpired":false}]}"""));

        CommandResult result = (await _line.RunAsync("org", "token", "list", "--name", "acme", "--server", verifier.Url)).Ended(0);

        Assert.Equal("GET /v1/organisations/acme/tokens", Assert.Single(verifier.Requests).Line);
        Assert.Matches("00112233aabbccdd +default +manufacturer, integrator +never +2026-11-21", result.Out);
    }

    [Fact]
    public async Task One_token_is_revoked_by_its_id()
    {
        using StubVerifier verifier = new(_ => (204, ""));

        (await _line.RunAsync("org", "token", "revoke", "--name", "acme", "--id", "00112233aabbccdd", "--server", verifier.Url)).Ended(0);

        Assert.Equal("DELETE /v1/organisations/acme/tokens/00112233aabbccdd", Assert.Single(verifier.Requests).Line);
    }

    [Fact]
    public async Task Renewing_is_still_the_command_without_a_word_after_it()
    {
        using StubVerifier verifier = new(_ => (200, """{"name":"acme","token":"second-token"}"""));

        (await _line.RunAsync("org", "token", "--name", "acme", "--token-out", "@t", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("org", "token")).Ended(2);
        (await _line.RunAsync("org", "token", "new", "--name", "acme")).Ended(2);

        Assert.Equal("POST /v1/organisations/acme/token", Assert.Single(verifier.Requests).Line);
    }
}
