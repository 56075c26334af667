namespace IotAttest.Cli.Tests.Talking;

public sealed class OrgCommandTests : IDisposable
{
    private const string Created = """{"name":"acme","roles":["manufacturer"],"schemes":[],"keys":[{"kid":"0011223344556677","pem":"-"}],"token":"secret-token"}""";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task An_organisation_is_registered_with_its_keys_and_its_token_is_shown()
    {
        using StubVerifier verifier = new(_ => (201, Created));
        await NewKeyAsync();

        CommandResult result = (await AddAsync(verifier, "--token", "op")).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal("POST /v1/organisations", request.Line);
        Assert.Equal("Bearer op", request.Authorization);
        Assert.Equal("acme", request.Json.GetProperty("name").GetString());
        Assert.Equal("manufacturer", request.Json.GetProperty("roles")[0].GetString());
        Assert.Equal(File.ReadAllText(_line.PathOf("k.pub.pem")).Trim(), request.Json.GetProperty("keys")[0].GetString()!.Trim());
        Assert.Contains("secret-token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_never_leaves()
    {
        using StubVerifier verifier = new(_ => (201, Created));
        await NewKeyAsync();

        (await _line.RunAsync("org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@k.pem", "--server", verifier.Url)).Ended(0);

        Assert.DoesNotContain("PRIVATE", Assert.Single(verifier.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_into_a_file_for_its_owner_alone()
    {
        using StubVerifier verifier = new(_ => (201, Created));
        await NewKeyAsync();

        CommandResult result = (await AddAsync(verifier, "--token-out", "@t")).Ended(0);

        Assert.Equal("secret-token\n", File.ReadAllText(_line.PathOf("t")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("t")));
        Assert.DoesNotContain("secret-token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_passed_on_and_leaves_no_token_file()
    {
        using StubVerifier verifier = new(_ => (409, """{"code":"Conflict","seen":"another acme","expected":"a free name","do":"Choose another."}"""));
        await NewKeyAsync();

        CommandResult result = (await AddAsync(verifier, "--token-out", "@t")).Ended(1);

        Assert.Equal("error: seen 409 from the verifier: another acme; expected a free name; Choose another\n", result.Error);
        Assert.False(File.Exists(_line.PathOf("t")));
    }

    [Fact]
    public async Task An_organisation_that_exists_brings_no_token_so_a_token_file_ends_with_1_and_names_the_way()
    {
        using StubVerifier verifier = new(_ => (200, """{"name":"acme","roles":["manufacturer"],"schemes":[],"keys":[]}"""));
        await NewKeyAsync();

        (await AddAsync(verifier)).Ended(0);
        CommandResult result = (await AddAsync(verifier, "--token-out", "@t")).Ended(1);

        Assert.Contains("iotattest org token --name acme --token-out", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_line.Folder, "t*"));
    }

    [Fact]
    public async Task A_new_token_goes_into_a_file_for_its_owner_alone()
    {
        using StubVerifier verifier = new(_ => (200, """{"name":"acme","token":"second-token"}"""));

        CommandResult result = (await _line.RunAsync("org", "token", "--name", "acme", "--token-out", "@t", "--server", verifier.Url)).Ended(0);

        Assert.Equal("POST /v1/organisations/acme/token", Assert.Single(verifier.Requests).Line);
        Assert.Equal("second-token\n", File.ReadAllText(_line.PathOf("t")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("t")));
        Assert.DoesNotContain("second-token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_that_exists_is_kept_unless_force_and_success_replace_it()
    {
        int status = 404;
        using StubVerifier verifier = new(_ => (status, """{"name":"acme","token":"second-token"}"""));
        string[] line = ["org", "token", "--name", "acme", "--token-out", _line.Write("t", "first"), "--server", verifier.Url];

        (await _line.RunAsync(line)).Ended(2);
        Assert.Empty(verifier.Requests);
        (await _line.RunAsync([.. line, "--force"])).Ended(1);
        Assert.Equal("first", File.ReadAllText(_line.PathOf("t")));
        status = 200;
        (await _line.RunAsync([.. line, "--force"])).Ended(0);
        Assert.Equal("second-token\n", File.ReadAllText(_line.PathOf("t")));
    }

    [Fact]
    public async Task A_fault_of_the_verifier_and_no_verifier_end_with_3()
    {
        using StubVerifier verifier = new(_ => (503, "down"));
        await NewKeyAsync();

        (await AddAsync(verifier)).Ended(3);
        (await _line.RunAsync("org", "list", "--server", $"http://127.0.0.1:{Support.FreePort.Next()}")).Ended(3);
    }

    [Fact]
    public async Task The_operators_token_of_this_folder_is_the_default_and_it_says_so()
    {
        using StubVerifier verifier = new(_ => (200, """{"organisations":[{"name":"acme","roles":["manufacturer"],"schemes":[],"keys":[]}]}"""));
        WriteOperatorToken();

        CommandResult result = (await _line.RunAsync("org", "list", "--server", verifier.Url)).Ended(0);

        Assert.Equal("Bearer operator-secret", Assert.Single(verifier.Requests).Authorization);
        Assert.Contains("iotattest-data/operator.token", result.Error, StringComparison.Ordinal);
        Assert.Contains("acme", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_nobody_watches_has_no_blanks_at_line_ends()
    {
        using StubVerifier verifier = new(_ => (200, """{"organisations":[{"name":"acme","roles":["manufacturer","body"],"schemes":[],"keys":[]},{"name":"b","roles":[],"schemes":[],"keys":[]}]}"""));

        CommandResult result = (await _line.RunAsync("org", "list", "--server", verifier.Url)).Ended(0);

        Assert.Matches("acme +manufacturer, body", result.Out);
        Assert.All(result.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public async Task A_named_token_wins_over_the_environment_and_that_over_the_folder()
    {
        using StubVerifier verifier = new(_ => (200, """{"organisations":[]}"""));
        WriteOperatorToken();
        _line.Environment["IOTATTEST_TOKEN"] = "from-environment";

        (await _line.RunAsync("org", "list", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("org", "list", "--server", verifier.Url, "--token-file", _line.Write("t", "from-file\n"))).Ended(0);
        (await _line.RunAsync("org", "list", "--server", verifier.Url, "--token", "named")).Ended(0);

        Assert.Equal(["Bearer from-environment", "Bearer from-file", "Bearer named"], verifier.Requests.Select(request => request.Authorization!));
    }

    [Theory]
    [InlineData("--server", "ftp://127.0.0.1")]
    [InlineData("--server", "127.0.0.1:8080")]
    [InlineData("--token", "two words")]
    [InlineData("--token-file", "@none")]
    public async Task A_server_or_token_that_cannot_be_is_wrong_usage(string option, string value) =>
        (await _line.RunAsync("org", "list", option, value)).Ended(2);

    [Fact]
    public async Task An_unknown_role_is_wrong_usage() =>
        (await _line.RunAsync("org", "add", "--name", "acme", "--role", "king")).Ended(2);

    private async Task NewKeyAsync() => (await _line.RunAsync("key", "new", "--out", "@k.pem")).Ended(0);

    private Task<CommandResult> AddAsync(StubVerifier verifier, params string[] more) =>
        _line.RunAsync(["org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@k.pub.pem", "--server", verifier.Url, .. more]);

    private void WriteOperatorToken()
    {
        Directory.CreateDirectory(_line.PathOf("iotattest-data"));
        _line.Write("iotattest-data/operator.token", "operator-secret\n");
    }
}
