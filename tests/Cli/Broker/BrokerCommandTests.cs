namespace IotAttest.Cli.Tests.Broker;

/// <summary><c>broker mosquitto</c> without a mosquitto: what it refuses, and what it leaves alone.</summary>
public sealed class BrokerCommandTests : IDisposable
{
    private const string Ueid = "010102030405060708090a0b0c0d0e0f10";
    private const string Board = $$"""{"ueid":"{{Ueid}}","credential":"word"}""";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("0.0.0.0:1883")]
    [InlineData("[::]:1883")]
    [InlineData("127.0.0.1")]
    [InlineData("broker.example:1883")]
    public async Task Without_tls_it_listens_on_this_machine_only(string address)
    {
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker", "--listen", address)).Ended(2);

        Assert.False(Directory.Exists(_line.PathOf("broker")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    [InlineData("""{"ueid":"dashboard","credential":"word"}""")]
    [InlineData($$"""{"ueid":"{{Ueid}}","credential":""}""")]
    [InlineData($$"""{"ueid":"{{Ueid}}"}""")]
    public async Task Secrets_that_name_no_board_are_refused_by_line_and_change_nothing(string line)
    {
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker")).Ended(0);
        string before = File.ReadAllText(_line.PathOf("broker/passwords"));
        _line.Write("line.jsonl", $"{Board}\n{line}\n");

        CommandResult result = (await _line.RunAsync("broker", "mosquitto", "--out", "@broker", "--secrets", "@line.jsonl")).Ended(2);

        Assert.Contains("line 2", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_line.PathOf("broker/passwords")));
    }

    [Fact]
    public async Task It_says_how_to_start_the_verifier_at_the_listener_that_it_wrote()
    {
        (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "broker.example", "--key", "ecdsa")).Ended(0);

        CommandResult plain = (await _line.RunAsync("broker", "mosquitto", "--out", "@plain", "--listen", "127.0.0.1:1884")).Ended(0);
        CommandResult secured = (await _line.RunAsync("broker", "mosquitto", "--out", "@secured", "--tls", "@tls", "--listen", "0.0.0.0:8884")).Ended(0);

        Assert.Contains($"--broker mqtt://127.0.0.1:1884 --broker-credential-file {_line.PathOf("plain/verifier.credential")}", plain.Out, StringComparison.Ordinal);
        Assert.Contains($"--broker mqtts://HOST:8884 --broker-ca {_line.PathOf("tls/ca.pem")} ", secured.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_do_not_wait_for_the_acknowledgement_of_the_packet_before()
    {
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker")).Ended(0);

        Assert.Contains("\nset_tcp_nodelay true\n", File.ReadAllText(_line.PathOf("broker/mosquitto.conf")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_adds_boards_keeps_the_configuration_and_force_keeps_the_passwords()
    {
        _line.Write("line.jsonl", $"{Board}\n");
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker")).Ended(0);
        File.AppendAllText(_line.PathOf("broker/mosquitto.conf"), "# mine\n");
        string credential = File.ReadAllText(_line.PathOf("broker/verifier.credential"));

        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker", "--listen", "127.0.0.1:1884")).Ended(2);
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker", "--secrets", "@line.jsonl")).Ended(0);
        string kept = File.ReadAllText(_line.PathOf("broker/mosquitto.conf"));
        string passwords = File.ReadAllText(_line.PathOf("broker/passwords"));
        (await _line.RunAsync("broker", "mosquitto", "--out", "@broker", "--listen", "127.0.0.1:1884", "--force")).Ended(0);

        Assert.EndsWith("# mine\n", kept, StringComparison.Ordinal);
        Assert.Contains("listener 1884 127.0.0.1\n", File.ReadAllText(_line.PathOf("broker/mosquitto.conf")), StringComparison.Ordinal);
        Assert.Contains($"{Ueid}:$7$", passwords, StringComparison.Ordinal);
        Assert.Equal(passwords, File.ReadAllText(_line.PathOf("broker/passwords")));
        Assert.Equal(credential, File.ReadAllText(_line.PathOf("broker/verifier.credential")));
    }

    [Fact]
    public async Task Serve_names_its_own_options_when_a_credential_cannot_be_used()
    {
        CommandResult result = (await _line.RunAsync("serve", "--data", "@data", "--broker", "mqtts://broker.example", "--broker-credential-file", "@missing")).Ended(2);

        Assert.Contains("--broker-credential-file is", result.Error, StringComparison.Ordinal);
    }
}
