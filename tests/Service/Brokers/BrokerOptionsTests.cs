using IotAttest.Service.Brokers;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.Brokers;

/// <summary>What a verifier may be told about its broker, and what topics say.</summary>
public sealed class BrokerOptionsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("mqtt://127.0.0.1:1883", true)]
    [InlineData("mqtt://localhost", true)]
    [InlineData("mqtt://[::1]:1884", true)]
    [InlineData("mqtts://broker.example", true)]
    [InlineData("mqtts://192.0.2.7:8884/", true)]
    [InlineData("mqtt://broker.example:1883", false)]
    [InlineData("mqtts://user:word@broker.example", false)]
    [InlineData("mqtts://broker.example/path", false)]
    [InlineData("mqtts://broker.example?clean=1", false)]
    [InlineData("https://broker.example", false)]
    public void A_broker_is_named_by_host_and_port_alone_and_without_tls_only_on_this_machine(string url, bool isFine)
    {
        string[] failures = FailuresOf(new VerifierOptions { Broker = new Uri(url) });

        Assert.Equal(isFine, failures.Length == 0);
        Assert.DoesNotContain(failures, failure => failure.Contains("word@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("verifier:secret\n", true)]
    [InlineData("verifier:with:colons", true)]
    [InlineData(":secret", false)]
    [InlineData("verifier:", false)]
    [InlineData("secret", false)]
    [InlineData("a:b\nc:d", false)]
    [InlineData("", false)]
    public void A_credential_is_one_line_of_user_and_password_and_a_wrong_one_is_not_repeated(string content, bool isFine)
    {
        File.WriteAllText(_file, content);

        string[] failures = FailuresOf(new VerifierOptions { Broker = new Uri("mqtts://broker.example"), BrokerCredentialFile = _file });

        Assert.Equal(isFine, failures.Length == 0);
        Assert.DoesNotContain(failures, failure => failure.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("line-7f", true)]
    [InlineData("a/b", false)]
    [InlineData("+", false)]
    [InlineData("", false)]
    public void A_group_is_one_level_of_a_topic(string group, bool isFine) =>
        Assert.Equal(isFine, FailuresOf(new VerifierOptions { Broker = new Uri("mqtts://broker.example"), BrokerGroup = group }).Length == 0);

    [Fact]
    public void What_belongs_to_a_broker_needs_one()
    {
        Assert.Single(FailuresOf(new VerifierOptions { BrokerCredentialFile = _file }));
        Assert.Single(FailuresOf(new VerifierOptions { Broker = new Uri("mqtts://broker.example"), BrokerCa = _file }));
        Assert.Single(FailuresOf(new VerifierOptions { Broker = new Uri("mqtts://broker.example"), BrokerCa = $"{_file}.missing" }));
        Assert.Single(FailuresOf(new VerifierOptions { Broker = new Uri("mqtt://127.0.0.1"), BrokerGroup = new string('g', 65) }));
    }

    [Theory]
    [InlineData("iotattest/v1/010102030405060708090a0b0c0d0e0f10/evidence", true, false)]
    [InlineData("iotattest/v1/010102030405060708090a0b0c0d0e0f10/hello", true, true)]
    [InlineData("iotattest/v1/010102030405060708090A0B0C0D0E0F10/hello", false, true)]
    [InlineData("iotattest/v1/020102030405060708090a0b0c0d0e0f10/evidence", false, false)]
    [InlineData("iotattest/v1/0101020304050607/8090a0b0c0d0e0f10/hello", false, true)]
    [InlineData("iotattest/v1/010102030405060708090a0b0c0d0e0f10/result", false, false)]
    [InlineData("iotattest/v2/010102030405060708090a0b0c0d0e0f10/evidence", false, false)]
    [InlineData("iotattest/v1/010102030405060708090a0b0c0d0e0f10/evidence/", false, false)]
    [InlineData("iotattest/v1/dashboard/evidence", false, false)]
    [InlineData("/hello", false, false)]
    public void Only_the_two_topics_that_boards_write_name_a_board(string topic, bool isBoard, bool isHello)
    {
        Assert.Equal(isBoard, BrokerTopic.TryParse(topic, out string? ueid, out bool saysHello));
        Assert.Equal(isBoard ? "010102030405060708090a0b0c0d0e0f10" : null, ueid);
        Assert.Equal(isHello, saysHello);
    }

    [Fact]
    public void The_wait_between_attempts_doubles_up_to_half_a_minute_and_is_half_chance()
    {
        BackOff backOff = new(TimeSpan.FromSeconds(30));
        double[] seconds = [.. Enumerable.Range(0, 20).Select(_ => backOff.Next().TotalSeconds)];
        backOff.Reset();

        Assert.InRange(seconds[0], 0.25, 0.5);
        Assert.InRange(seconds[3], 2, 4);
        Assert.All(seconds[7..], wait => Assert.InRange(wait, 15, 30));
        Assert.InRange(backOff.Next().TotalSeconds, 0.25, 0.5);
    }

    private static string[] FailuresOf(VerifierOptions options) =>
        Record.Exception(() => VerifierOptionsCheck.Check(options)) is OptionsValidationException refused ? [.. refused.Failures] : [];
}
