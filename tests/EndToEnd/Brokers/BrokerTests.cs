using System.Security.Cryptography;
using IotAttest.Cli.Bench;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Brokers;

/// <summary>DESIGN.md section 5, way 2: boards at a real mosquitto, the verifier as its client.</summary>
public sealed class BrokerTests
{
    [RequiresToolTheory("mosquitto")]
    [InlineData(true, null)]
    [InlineData(false, "line-7f3a9c")]
    public async Task A_board_behind_the_broker_is_challenged_again_and_again_and_gets_the_signed_result(bool isSecured, string? group)
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync(isSecured);
        await using VerifierUnderTest verifier = await StartAsync(broker, options => options with { BrokerGroup = group, AttestEvery = TimeSpan.FromSeconds(1) });
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await broker.AddAsync(board);
        await verifier.ReadyAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);

        await connection.PublishEvidenceAsync(board.Evidence(await connection.HelloAsync()));
        byte[] result = await connection.ResultAsync();
        await connection.PublishEvidenceAsync(board.Evidence(await connection.ChallengeAsync()));
        byte[] second = await connection.ResultAsync();

        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
        Assert.NotEqual(result, second);
        Assert.True((await connection.EpochAsync()).Retain);
    }

    [RequiresToolFact("mosquitto")]
    public async Task A_board_neither_writes_nor_reads_the_topics_of_another()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);
        using TestBoard board = await verifier.CertifiedBoardAsync();
        using TestBoard thief = await new TestBoard(verifier).EnrolAsync();
        await broker.AddAsync(board, thief);
        await verifier.ReadyAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);
        await using MqttBoard stolen = await broker.ConnectAsync(thief);
        await stolen.Connection.SubscribeAsync(Topics.Challenge(board.Ueid), MqttQualityOfService.AtLeastOnce);
        await stolen.Connection.SubscribeAsync($"{Topics.Prefix}#", MqttQualityOfService.AtLeastOnce);

        // mosquitto acknowledges what it then throws away: MQTT 3.1.1 has no other answer. The refusal of what follows shows that the verifier is past it.
        byte[] evidence = board.Evidence(await connection.HelloAsync());
        await stolen.Connection.PublishAsync(Topics.Evidence(board.Ueid), evidence);
        await stolen.PublishEvidenceAsync(evidence);
        await Eventually.TrueAsync(async () => (await thief.DeviceAsync()).RefusalCount() == 1, "evidence of another board is refused");

        Assert.Equal("Unknown", (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
        await connection.PublishEvidenceAsync(evidence);
        await connection.ResultAsync();
        await stolen.HelloAsync();
        Assert.False(stolen.HasChallenge || stolen.HasResult, "the thief received what was for the other board");
    }

    [RequiresToolFact("mosquitto")]
    public async Task Evidence_that_the_broker_acknowledged_while_the_verifier_was_killed_is_appraised_after_its_restart()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);

        // In epoch mode: a challenge lives as long as the verifier's run, a marker longer than that.
        TestBoard[] boards = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new TestBoard(verifier).EnrolAsync("freshness", "epoch")));
        await broker.AddAsync(boards);
        await verifier.ReadyAsync();
        await verifier.StopAsync();
        using (ChildVerifier child = await ChildVerifier.StartAsync(verifier.DataDirectory, CancellationToken.None, "--broker", $"{broker.Url}", "--broker-credential-file", broker.CredentialFile))
        {
            await PublishAsync(broker, boards[..10]);
            child.Kill();
        }

        await PublishAsync(broker, boards[10..]);
        await verifier.StartAgainAsync();

        foreach (TestBoard board in boards)
        {
            await Eventually.TrueAsync(async () => (await board.DeviceAsync()).Text("conformity") == "Conformant", "every acknowledged evidence is appraised");
            Assert.Equal(0, (await board.DeviceAsync()).RefusalCount());
            board.Dispose();
        }
    }

    [RequiresToolFact("mosquitto")]
    public async Task After_a_restart_of_the_broker_the_verifier_goes_on_with_what_was_acknowledged_meanwhile()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await broker.AddAsync(board);
        await verifier.ReadyAsync();
        byte[] challenge = await board.ChallengeAsync();

        await broker.StopAsync();
        string fault = await FaultAsync(verifier);
        await broker.StartAgainAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);
        await connection.PublishEvidenceAsync(board.Evidence(challenge));

        await connection.ResultAsync();
        await verifier.ReadyAsync();
        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Contains("MQTT broker", fault, StringComparison.Ordinal);
    }

    [RequiresToolFact("mosquitto")]
    public async Task Evidence_that_waited_too_long_in_the_broker_is_refused_and_answered_with_a_new_challenge()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);
        using TestBoard board = await verifier.CertifiedBoardAsync();
        await broker.AddAsync(board);
        await verifier.ReadyAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);
        byte[] challenge = await connection.HelloAsync();

        await verifier.StopAsync();
        await connection.PublishEvidenceAsync(board.Evidence(challenge));
        await verifier.StartAgainAsync();
        await connection.PublishEvidenceAsync(board.Evidence(await connection.ChallengeAsync()));
        await connection.ResultAsync();

        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Equal(1, (await board.DeviceAsync()).RefusalCount());
    }

    [RequiresToolFact("mosquitto")]
    public async Task The_broker_keeps_evidence_for_a_verifier_that_is_away_and_no_hello()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);
        using TestBoard board = await verifier.CertifiedBoardAsync("epoch");
        await broker.AddAsync(board);
        await verifier.ReadyAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);
        byte[] nonce = SHA256.HashData((await connection.EpochAsync()).Payload.Span);

        await verifier.StopAsync();
        for (int said = 0; said < 5; said++)
        {
            await connection.Connection.PublishAsync(Topics.Hello(board.Ueid), default);
        }

        await connection.PublishEvidenceAsync(board.Evidence(nonce));
        await verifier.StartAgainAsync();
        await connection.ResultAsync();

        Assert.Equal(1, await verifier.MetricAsync("iotattest_broker_received_total"));
    }

    [RequiresToolFact("mosquitto")]
    public async Task Evidence_that_cannot_be_stored_is_not_acknowledged_and_comes_again()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker);

        // In epoch mode: on a slow machine a challenge may be too old when the evidence comes again.
        using TestBoard board = await verifier.CertifiedBoardAsync("epoch");
        await broker.AddAsync(board);
        await verifier.ReadyAsync();
        await using MqttBoard connection = await broker.ConnectAsync(board);
        byte[] nonce = SHA256.HashData((await connection.EpochAsync()).Payload.Span);

        verifier.Execute("CREATE TRIGGER broken BEFORE INSERT ON device_state BEGIN SELECT RAISE(ABORT, 'no room'); END");
        await connection.PublishEvidenceAsync(board.Evidence(nonce));
        await Eventually.TrueAsync(async () => await verifier.MetricAsync("iotattest_broker_connections_total") > 1, "the connection is closed and made again");
        bool hadResult = connection.HasResult;
        verifier.Execute("DROP TRIGGER broken");
        await connection.ResultAsync();

        Assert.False(hadResult);
        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
    }

    [RequiresToolFact("mosquitto")]
    public async Task What_no_board_in_its_budget_sent_is_dropped_and_counted()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await StartAsync(broker, options => options with { BoardMessagesPerSecond = 10 });
        using TestBoard board = await verifier.CertifiedBoardAsync();
        using TestBoard stranger = new(verifier);
        await broker.AddAsync(board, stranger);
        await verifier.ReadyAsync();
        await using MqttBoard known = await broker.ConnectAsync(board);
        await using MqttBoard unknown = await broker.ConnectAsync(stranger);

        await unknown.PublishEvidenceAsync(stranger.Evidence(await stranger.ChallengeAsync()));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => known.Connection.PublishAsync(Topics.Hello(board.Ueid), default).AsTask()));

        await Eventually.TrueAsync(async () => await verifier.MetricAsync("iotattest_broker_received_total") == 101, "all messages have come");
        Assert.Equal(1, await verifier.MetricAsync("iotattest_broker_dropped_total{reason=\"UnknownBoard\"}"));
        Assert.InRange(await verifier.MetricAsync("iotattest_broker_dropped_total{reason=\"TooMany\"}"), 1, 50);
        Assert.Equal(1, await verifier.MetricAsync("iotattest_broker_connections_total"));
    }

    [RequiresToolTheory("mosquitto")]
    [InlineData(true, "refuses this verifier's user or password")]
    [InlineData(false, "no connection to the MQTT broker")]
    public async Task A_wrong_password_or_a_broker_under_another_ca_is_told_by_readyz(bool isWrongPassword, string words)
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync(isSecured: !isWrongPassword);
        string wrong = Path.Combine(broker.Files, "wrong");
        await File.WriteAllTextAsync(wrong, isWrongPassword ? "iotattest-verifier:guess" : TestCa.Root().Pem);
        await using VerifierUnderTest verifier = await StartAsync(broker, options => isWrongPassword ? options with { BrokerCredentialFile = wrong } : options with { BrokerCa = wrong });

        await Eventually.TrueAsync(async () => (await FaultAsync(verifier)).Contains(words, StringComparison.Ordinal), words);
    }

    [RequiresToolFact("mosquitto_passwd")]
    public async Task Boards_are_added_to_the_password_file_and_users_of_others_stay()
    {
        await using GeneratedMosquitto broker = await GeneratedMosquitto.StartAsync();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using TestBoard first = new(verifier);
        using TestBoard second = new(verifier);
        using TestBoard renewed = new(verifier) { Ueid = first.Ueid };
        await broker.AddAsync(first);
        (int exitCode, _, string errors) = await Programs.RunAsync("mosquitto_passwd", ["-b", broker.Passwords, "dashboard", "word"]);
        Assert.True(exitCode == 0, errors);
        string[] before = await File.ReadAllLinesAsync(broker.Passwords);

        await broker.AddAsync(first, second);
        string[] added = await File.ReadAllLinesAsync(broker.Passwords);
        await broker.AddAsync(renewed);
        string[] changed = await File.ReadAllLinesAsync(broker.Passwords);

        Assert.Equal(before, added[..^1]);
        Assert.StartsWith($"{second.Ueid}:$7$101$", added[^1], StringComparison.Ordinal);
        Assert.Single(added.Except(changed), line => line.StartsWith(first.Ueid, StringComparison.Ordinal));
        Assert.All([broker.Passwords, broker.CredentialFile], file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    private static Task<VerifierUnderTest> StartAsync(GeneratedMosquitto broker, Func<VerifierOptions, VerifierOptions>? change = null) =>
        VerifierUnderTest.StartAsync(change: options => (change ?? (same => same))(broker.Tell(options)));

    private static async Task PublishAsync(GeneratedMosquitto broker, IEnumerable<TestBoard> boards)
    {
        foreach (TestBoard board in boards)
        {
            await using MqttBoard connection = await broker.ConnectAsync(board);
            await connection.PublishEvidenceAsync(board.Evidence(SHA256.HashData((await connection.EpochAsync()).Payload.Span)));
        }
    }

    // Waits for the 503 and gives its text.
    private static async Task<string> FaultAsync(VerifierUnderTest verifier)
    {
        string text = "";
        await Eventually.TrueAsync(
            async () =>
            {
                (bool isReady, text) = await verifier.ReadyzAsync();
                return !isReady;
            },
            "the verifier says that it is not ready");
        return text;
    }
}
