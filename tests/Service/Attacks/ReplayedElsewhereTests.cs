using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>What was accepted once is worth nothing again: over the other transport, in a later session, for another board, after a restart.
/// Between several verifiers on one store: TwoVerifiersTests, and WholeReplayTests of tests/EndToEnd.</summary>
public sealed class ReplayedElsewhereTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;
    private TestBoard _other = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync(_clock);
        using Registry registry = await Registry.OpenAsync(_verifier);
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
    public async Task Evidence_spent_over_mqtt_is_refused_over_http()
    {
        byte[] nonce;
        byte[] evidence;
        await using (MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board))
        {
            nonce = await connection.HelloAsync();
            evidence = _board.Evidence(nonce);
            await connection.PublishEvidenceAsync(evidence);
            await connection.ResultAsync();
        }

        string before = await StateAsync(_board);

        await _board.SubmitAsync(evidence).AssertProblemAsync(409, "NonceUsed");
        await _board.SubmitAsync(_board.Evidence(nonce, Firmware.Tampered)).AssertProblemAsync(409, "NonceUsed");
        await _verifier.RestartAsync();
        Assert.Contains(await _board.SubmitAsync(_board.Evidence(nonce, Firmware.Tampered)).StatusAsync(), new[] { 409, 422 });
        Assert.Equal(before, await StateAsync(_board));
    }

    [Fact]
    public async Task A_nonce_spent_over_http_is_refused_over_mqtt_in_every_later_session()
    {
        byte[] nonce = await _board.ChallengeAsync();
        Assert.Equal(200, await _board.SubmitAsync(_board.Evidence(nonce)).StatusAsync());
        JsonElement before = await _board.DeviceAsync();

        for (int session = 1; session <= 2; session++)
        {
            await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
            await connection.PublishEvidenceAsync(_board.Evidence(nonce, Firmware.Tampered));

            JsonElement after = await _board.DeviceAsync();
            Assert.Equal((session, "NonceUsed"), ((int)after.RefusalCount(), after.GetProperty("refusals").Text("last")));
            Assert.Equal(before.WithoutRefusals(), after.WithoutRefusals());
            Assert.False(connection.HasResult);
        }
    }

    [Fact]
    public async Task A_challenge_of_one_board_is_good_for_no_other_whoever_carries_it()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _other);
        byte[] nonce = await connection.HelloAsync();

        // In evidence of its own, over the other's connection, and as the other's evidence over one's own.
        await _board.SubmitAsync(_board.Evidence(nonce)).AssertProblemAsync(422, "NonceNotFresh");
        await connection.PublishEvidenceAsync(_board.Evidence(await _board.ChallengeAsync()));

        JsonElement other = await _other.DeviceAsync();
        Assert.Equal("IdentityMismatch", other.GetProperty("refusals").Text("last"));
        Assert.Equal(("Unknown", "Unknown"), ((await _board.DeviceAsync()).Text("conformity"), other.Text("conformity")));

        // Nothing was spent: both may still answer.
        Assert.Equal(200, await _other.SubmitAsync(_other.Evidence(nonce)).StatusAsync());
    }

    [Fact]
    public async Task Counters_of_an_epoch_do_not_go_back_over_the_other_transport()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync("freshness", "epoch");
        byte[] nonce;
        byte[] early;
        await using (MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, board))
        {
            nonce = SHA256.HashData((await connection.EpochAsync()).Payload.Span);
            early = board.Evidence(nonce);
            board.Uptime++;
            await connection.PublishEvidenceAsync(board.Evidence(nonce));
            await connection.ResultAsync();
        }

        string before = await StateAsync(board);

        await board.SubmitAsync(early).AssertProblemAsync(409, "NonceUsed");
        await board.SubmitAsync(board.Evidence(nonce, Firmware.Tampered)).AssertProblemAsync(409, "NonceUsed");
        await _verifier.RestartAsync();
        await board.SubmitAsync(early).AssertProblemAsync(409, "NonceUsed");
        Assert.Equal(before, await StateAsync(board));
    }

    [Fact]
    public async Task The_same_evidence_at_once_over_many_connections_counts_once()
    {
        byte[] nonce = await _board.ChallengeAsync();
        byte[] evidence = _board.Evidence(nonce);
        byte[] tampered = _board.Evidence(nonce, Firmware.Tampered);

        int[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _board.SubmitAsync(i % 2 == 0 ? evidence : tampered).StatusAsync()));

        Assert.Single(answers, 200);
        Assert.Equal(39, answers.Count(status => status == 409));
        Assert.Single(await _board.HistoryAsync(), row => row.Text("cause") == "evidence");
    }

    private static async Task<string> StateAsync(TestBoard board) => (await board.DeviceAsync()).WithoutRefusals() + (await board.HistoryAsync()).Length;
}
