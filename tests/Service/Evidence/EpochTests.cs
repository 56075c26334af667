using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Mqtt;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>DESIGN.md section 4, epoch mode.</summary>
public sealed class EpochTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync(_clock);
        using Registry registry = await Registry.OpenAsync(_verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync("freshness", "epoch");
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task The_marker_is_retained_and_the_same_bytes_over_http_and_after_a_restart()
    {
        byte[] marker = await MarkerAsync();
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
        MqttMessage received = await connection.EpochAsync();
        Assert.True(received.Retain);
        Assert.Equal(marker, received.Payload.ToArray());

        await _verifier.RestartAsync();

        Assert.Equal(marker, await MarkerAsync());
    }

    [Fact]
    public async Task Within_an_epoch_the_counters_must_grow()
    {
        byte[] nonce = SHA256.HashData(await MarkerAsync());
        byte[] first = _board.Evidence(nonce);
        Assert.Equal("Conformant", await ConformityAsync(first));
        await _board.SubmitAsync(first).AssertProblemAsync(409, "NonceUsed");
        await _board.SubmitAsync(_board.Evidence(nonce, Firmware.Tampered)).AssertProblemAsync(409, "NonceUsed");

        _board.Uptime++;
        Assert.Equal("Conformant", await ConformityAsync(_board.Evidence(nonce)));
        (_board.BootCount, _board.Uptime, _board.BootSeed) = (_board.BootCount + 1, 0, RandomNumberGenerator.GetBytes(16));
        Assert.Equal("Conformant", await ConformityAsync(_board.Evidence(nonce)));
        Assert.Empty((await _board.DeviceAsync()).Drift());
    }

    [Fact]
    public async Task Evidence_over_mqtt_answers_the_retained_marker()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);

        await connection.PublishEvidenceAsync(_board.Evidence(SHA256.HashData((await connection.EpochAsync()).Payload.Span)));

        Assert.NotEmpty(await connection.ResultAsync());
        Assert.Equal("Conformant", (await _board.DeviceAsync()).Text("conformity"));
        Assert.False(connection.HasChallenge);
    }

    [Fact]
    public async Task The_verifier_takes_the_last_two_markers_and_an_older_one_never_after_a_newer()
    {
        byte[] first = SHA256.HashData(await MarkerAsync());
        byte[] second = await NextMarkerAsync();
        Assert.Equal("Conformant", await ConformityAsync(_board.Evidence(first)));
        _board.Uptime++;
        Assert.Equal("Conformant", await ConformityAsync(_board.Evidence(second)));
        _board.Uptime++;
        await _board.SubmitAsync(_board.Evidence(first)).AssertProblemAsync(422, "NonceNotFresh");

        await NextMarkerAsync();
        using TestBoard other = await new TestBoard(_verifier).EnrolAsync("freshness", "epoch");
        await other.SubmitAsync(other.Evidence(first)).AssertProblemAsync(422, "NonceNotFresh");
        Assert.Equal(200, await other.SubmitAsync(other.Evidence(second)).StatusAsync());
    }

    [Fact]
    public async Task Neither_way_of_freshness_stands_in_for_the_other()
    {
        using TestBoard challenged = await new TestBoard(_verifier).EnrolAsync();

        await _board.SubmitAsync(_board.Evidence(await _board.ChallengeAsync())).AssertProblemAsync(422, "NonceNotFresh");
        await challenged.SubmitAsync(challenged.Evidence(SHA256.HashData(await MarkerAsync()))).AssertProblemAsync(422, "NonceNotFresh");
    }

    // The verifier looks at its clock once a second.
    private async Task<byte[]> NextMarkerAsync()
    {
        byte[] before = await MarkerAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync(async () => !Enumerable.SequenceEqual(before, await MarkerAsync()), "a new epoch marker");
        return SHA256.HashData(await MarkerAsync());
    }

    private async Task<byte[]> MarkerAsync()
    {
        using HttpClient client = _verifier.Anybody();
        return await client.GetByteArrayAsync(new Uri("/v1/epoch", UriKind.Relative));
    }

    private async Task<string> ConformityAsync(byte[] evidence)
    {
        using HttpResponseMessage response = await _board.SubmitAsync(evidence);
        JsonElement answer = await response.JsonAsync();
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.Text("conformity");
    }
}
