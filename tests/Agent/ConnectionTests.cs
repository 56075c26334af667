using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>What the agent does when the way to the verifier breaks.</summary>
public sealed class ConnectionTests
{
    [RequiresToolFact("mosquitto")]
    public void After_the_broker_died_and_came_back_the_agent_attests_again()
    {
        using Mosquitto broker = new();
        using TestBoard board = new(broker.Port);
        board.Board.Start();
        board.AwaitStatus(AgentStatus.WaitingForChallenge);

        broker.Kill();
        board.AwaitStatus(AgentStatus.BrokerLost);
        board.AwaitStatus(AgentStatus.Unreachable, 2);
        broker.Start();
        using TestVerifier verifier = new(broker.Port);
        board.AwaitStatus(AgentStatus.WaitingForChallenge, 2);
        byte[] challenge = verifier.Challenge(board.Board.UeidHex);

        Assert.Equal(challenge, new DecodedEvidence(verifier.NextEvidence()).Nonce);
    }

    [RequiresToolFact("mosquitto")]
    public void A_refused_credential_is_tried_again_soon_at_first_and_then_less_and_less_often()
    {
        using Mosquitto broker = Mosquitto.WithUser("somebody", "something");
        using TestBoard board = new(broker.Port, change: options => options with { BackOffMin = TimeSpan.FromMilliseconds(100), BackOffMax = TimeSpan.FromMinutes(5) });
        Stopwatch watch = Stopwatch.StartNew();

        board.Board.Start();
        board.AwaitStatus(AgentStatus.Refused);
        TimeSpan first = watch.Elapsed;
        board.AwaitStatus(AgentStatus.Refused, 4);

        // Three pauses of 100, 200 and 400 ms, each with jitter of at most half; the slowest pace would be 150 s.
        Assert.True(watch.Elapsed - first >= TimeSpan.FromMilliseconds(340), $"{watch.Elapsed - first}");
        Assert.DoesNotContain(AgentStatus.Connected, board.Statuses);
    }

    [RequiresToolFact("mosquitto")]
    public void The_right_credential_is_taken()
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        using Mosquitto broker = Mosquitto.WithUser(identity.UeidHex, identity.Credential);
        using TestBoard board = new(broker.Port, change: options => options with { Identity = identity });

        board.Board.Start();

        board.AwaitStatus(AgentStatus.WaitingForChallenge);
    }

    [Fact]
    public void A_server_that_never_answers_does_not_keep_the_agent_from_stopping()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using TestBoard board = new(((IPEndPoint)silent.LocalEndpoint).Port);
        board.Board.Start();
        using Socket accepted = silent.AcceptSocket();
        Stopwatch watch = Stopwatch.StartNew();

        board.Board.Stop();

        Assert.True(watch.Elapsed < Pace.Allowed(TimeSpan.FromSeconds(5)), $"{watch.Elapsed}");
        Assert.Equal(AgentStatus.Stopped, board.Statuses.Last());
    }

    [Fact]
    public void A_server_that_speaks_something_else_is_unreachable()
    {
        using TcpListener liar = new(IPAddress.Loopback, 0);
        liar.Start();
        using TestBoard board = new(((IPEndPoint)liar.LocalEndpoint).Port);
        board.Board.Start();
        using Socket accepted = liar.AcceptSocket();

        accepted.Send([0x48, 0x00]);

        board.AwaitStatus(AgentStatus.Unreachable);
    }

    [Theory]
    [InlineData(1, AgentStatus.Unreachable)]
    [InlineData(2, AgentStatus.Refused)]
    [InlineData(3, AgentStatus.Unreachable)]
    [InlineData(4, AgentStatus.Refused)]
    [InlineData(5, AgentStatus.Refused)]
    public void Mqtt_3_1_1_section_3_2_2_3_tells_a_refusal_from_a_broker_that_cannot(byte returnCode, AgentStatus expected)
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        using TestBoard board = new(((IPEndPoint)server.LocalEndpoint).Port);
        board.Board.Start();
        using Socket accepted = server.AcceptSocket();

        accepted.Send([0x20, 0x02, 0x00, returnCode]);

        board.AwaitStatus(expected);
        Assert.DoesNotContain(AgentStatus.Connected, board.Statuses);
    }

    [Fact]
    public void A_topic_that_is_denied_leaves_nothing_to_wait_for()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        using TestBoard board = new(((IPEndPoint)server.LocalEndpoint).Port, change: options => options with { ResultWait = TimeSpan.FromMilliseconds(200) });
        board.Board.Start();
        using Socket accepted = server.AcceptSocket();

        accepted.Send([0x20, 0x02, 0x00, 0x00]);
        board.AwaitStatus(AgentStatus.Connected);
        accepted.Send([0x90, 0x04, 0x00, 0x01, 0x01, 0x80]);

        board.AwaitStatus(AgentStatus.BrokerLost);
        Assert.DoesNotContain(AgentStatus.WaitingForChallenge, board.Statuses);
    }

    [Theory]
    [InlineData(0, OptionsStatus.PortOutOfRange)]
    [InlineData(1, OptionsStatus.Ok)]
    [InlineData(65535, OptionsStatus.Ok)]
    [InlineData(65536, OptionsStatus.PortOutOfRange)]
    public void A_port_is_1_to_65535(int port, OptionsStatus expected)
    {
        AgentOptions options = TestOptions.Valid();
        options.Port = port;

        Assert.Equal(expected, options.Check());
    }

    [Fact]
    public void Tls_needs_a_ca_certificate()
    {
        AgentOptions options = TestOptions.Valid();
        options.UseTls = true;

        Assert.Equal(OptionsStatus.CaCertificateMissing, new AttestationAgent(options).Run());
    }

    [Theory]
    [InlineData(4, OptionsStatus.KeepAliveOutOfRange)]
    [InlineData(5, OptionsStatus.Ok)]
    [InlineData(3600, OptionsStatus.Ok)]
    [InlineData(3601, OptionsStatus.KeepAliveOutOfRange)]
    public void Keep_alive_is_5_to_3600_seconds(int seconds, OptionsStatus expected)
    {
        AgentOptions options = TestOptions.Valid();
        options.KeepAliveSeconds = seconds;

        Assert.Equal(expected, options.Check());
    }

    [Fact]
    public void Each_option_that_is_missing_has_a_status_of_its_own()
    {
        Assert.Equal(OptionsStatus.Ok, TestOptions.Valid().Check());
        Assert.Equal(OptionsStatus.HostMissing, TestOptions.With(options => options.Host = "").Check());
        Assert.Equal(OptionsStatus.UeidWrong, TestOptions.With(options => options.Ueid = new byte[17]).Check());
        Assert.Equal(OptionsStatus.CredentialMissing, TestOptions.With(options => options.Credential = null).Check());
        Assert.Equal(OptionsStatus.EvidenceSourceMissing, TestOptions.With(options => options.EvidenceSource = null).Check());
        Assert.Equal(OptionsStatus.BackOffOutOfRange, TestOptions.With(options => options.BackOffMinMs = options.BackOffMaxMs + 1).Check());
        Assert.Equal(OptionsStatus.WaitOutOfRange, TestOptions.With(options => options.HelloAgainMs = 0).Check());
    }

    [Fact]
    public void The_pause_doubles_up_to_its_bound_with_jitter_of_at_most_half()
    {
        BackOff backOff = new(1000, 60000);
        int step = 1000;

        for (int i = 0; i < 20; i++)
        {
            Assert.InRange(backOff.NextMs(), step / 2, step);
            step = Math.Min(step * 2, 60000);
        }

        backOff.Reset();
        Assert.InRange(backOff.NextMs(), 500, 1000);
        Assert.InRange(backOff.LongestMs(), 30000, 60000);
        Assert.InRange(backOff.NextMs(), 30000, 60000);
    }
}
