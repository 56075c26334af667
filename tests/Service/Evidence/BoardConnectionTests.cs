using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

/// <summary>DESIGN.md section 5: who may connect, publish and subscribe, and when challenges come.</summary>
public sealed class BoardConnectionTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;
    private TestBoard _other = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync(_clock);
        using Registry registry = await Registry.OpenAsync(_verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync();
        _other = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _other.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_password_another_user_name_and_an_unknown_board_are_refused_alike()
    {
        using TestBoard stranger = new(_verifier);
        MqttClientOptions good = MqttBoard.Options(_verifier, _board);
        MqttClientOptions[] wrong =
        [
            MqttBoard.Options(_verifier, _board, password: _other.Credential),
            MqttBoard.Options(_verifier, _board, password: ""),
            MqttBoard.Options(_verifier, stranger),
            new() { Host = good.Host, Port = good.Port, ClientId = _board.Ueid, UserName = _other.Ueid, Password = good.Password },
            new() { Host = good.Host, Port = good.Port, ClientId = _board.Ueid },
        ];

        foreach (MqttClientOptions options in wrong)
        {
            MqttClientException refused = await Assert.ThrowsAsync<MqttClientException>(() => MqttClientConnection.ConnectAsync(options));
            Assert.Equal(MqttConnectReturnCode.BadUserNameOrPassword, refused.ReturnCode);
        }
    }

    [Fact]
    public async Task A_refusal_that_was_acknowledged_is_still_counted_after_a_restart()
    {
        await using (MqttBoard link = await MqttBoard.ConnectAsync(_verifier, _board))
        {
            await link.PublishEvidenceAsync([1, 2, 3]);
            await link.PublishEvidenceAsync([4, 5, 6]);
        }

        await _verifier.RestartAsync();

        Assert.True(_verifier.Services.GetRequiredService<DeviceDirectory>().TryFindByUeid(_board.Ueid, out DeviceEntry? device));
        Assert.Equal(new RefusalCounter(2, "Malformed"), device.Refusals);
    }

    [Theory]
    [InlineData("evidence")]
    [InlineData("hello")]
    [InlineData("challenge")]
    [InlineData("result")]
    public async Task Publishing_under_another_ueid_closes_the_connection(string leaf)
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);

        await Assert.ThrowsAsync<MqttClientException>(() => connection.Connection.PublishAsync($"{Topics.Prefix}{_other.Ueid}/{leaf}", new byte[8]).AsTask());

        await connection.Connection.Closed.WaitAsync(Patience.Long);
        Assert.Equal(0, (await _other.DeviceAsync()).RefusalCount());
    }

    [Theory]
    [InlineData("#")]
    [InlineData("iotattest/v1/+/challenge")]
    [InlineData("iotattest/v1/#")]
    [InlineData("$share/iotattest/iotattest/v1/epoch")]
    public async Task Subscribing_to_more_than_its_own_is_refused(string filter)
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);

        await Assert.ThrowsAsync<MqttClientException>(() => connection.Connection.SubscribeAsync(filter, MqttQualityOfService.AtLeastOnce));
        await Assert.ThrowsAsync<MqttClientException>(() => connection.Connection.SubscribeAsync(Topics.Challenge(_other.Ueid), MqttQualityOfService.AtLeastOnce));
    }

    [Fact]
    public async Task Identical_bytes_again_are_acknowledged_answered_again_and_not_counted()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
        byte[] evidence = _board.Evidence(await connection.HelloAsync());

        await connection.PublishEvidenceAsync(evidence);
        byte[] first = await connection.ResultAsync();
        await connection.PublishEvidenceAsync(evidence);
        byte[] second = await connection.ResultAsync();

        Assert.Equal(first[..^64], second[..^64]);
        Assert.Equal(1, Reports());
        Assert.Equal(0, (await _board.DeviceAsync()).RefusalCount());
    }

    [Fact]
    public async Task Whoever_lost_the_connection_before_the_acknowledgement_sends_again_after_it()
    {
        byte[] evidence;
        await using (MqttBoard first = await MqttBoard.ConnectAsync(_verifier, _board))
        {
            evidence = _board.Evidence(await first.HelloAsync());
            await first.PublishEvidenceAsync(evidence);
        }

        await _verifier.RestartAsync();
        await using MqttBoard second = await MqttBoard.ConnectAsync(_verifier, _board);
        await second.PublishEvidenceAsync(evidence);

        Assert.NotEmpty(await second.ResultAsync());
        Assert.Equal(1, Reports());
    }

    [Fact]
    public async Task After_hello_a_challenge_comes_within_every_interval()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync(change: options => options with { AttestEvery = TimeSpan.FromSeconds(1) });
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        await using MqttBoard connection = await MqttBoard.ConnectAsync(verifier, board);

        List<long> intervals = [];
        byte[] challenge = await connection.HelloAsync();
        for (int i = 0; i < 4; i++)
        {
            challenge = await connection.ChallengeAsync();
            intervals.Add(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(challenge) / 1000);
        }

        Assert.Equal(Enumerable.Range(0, 4).Select(step => intervals[0] + step), intervals);
    }

    private long Reports()
    {
        Assert.True(_verifier.Services.GetRequiredService<DeviceDirectory>().TryFindByUeid(_board.Ueid, out DeviceEntry? device));
        return device.State.Reports;
    }
}
