using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>DESIGN.md section 7: refused evidence never changes the last verdict.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;
    private TestBoard _signing = null!;
    private RefusalCases _cases = null!;
    private byte[] _accepted = [];

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartWithMqttAsync(_clock);
        using Registry registry = await Registry.OpenAsync(_verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync();
        _signing = await new TestBoard(_verifier, isEs256: true).EnrolAsync();
        using HttpClient client = _verifier.Operator();
        foreach (JsonObject record in EvidenceVectors.Records())
        {
            Assert.Equal(201, await client.PostTextAsync("/v1/devices", record.ToJsonString()).StatusAsync());
        }

        _accepted = _board.Evidence(await _board.ChallengeAsync());
        Assert.Equal(200, await _board.SubmitAsync(_accepted).StatusAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _signing.AttestAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));
        _cases = new RefusalCases(_board, _signing, _clock);
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _signing.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Over_http_each_refusal_says_why_and_changes_nothing()
    {
        RefusalCase[] cases =
        [
            .. await _cases.MalformedAsync(),
            .. _cases.Wrong(),
            .. _cases.WrongForSigning(),
            new("the evidence accepted last", 409, "NonceUsed", _accepted),
            new("its nonce in other evidence", 409, "NonceUsed", SameNonce()),
            new("a megabyte", 413, "TooLarge", new byte[1024 * 1024]),
        ];
        (string Board, string Signing) before = await SnapshotAsync();

        foreach (RefusalCase refusal in cases)
        {
            byte[] body = await refusal.MakeAsync();
            await Named(refusal.Name, () => _board.SubmitAsync(body).AssertProblemAsync(refusal.Status, refusal.Code));
            Assert.True(before == await SnapshotAsync(), refusal.Name);
        }

        Assert.Equal(0, (await _board.DeviceAsync()).RefusalCount());
    }

    [Theory]
    [InlineData("application/cbor")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Another_media_type_is_415_and_changes_nothing(string mediaType)
    {
        (string Board, string Signing) before = await SnapshotAsync();
        byte[] good = _board.Evidence(await _board.ChallengeAsync());
        using HttpClient client = _verifier.Anybody();

        await client.PostBytesAsync("/v1/evidence", good, mediaType).AssertProblemAsync(415, "WrongMediaType");

        Assert.Equal(before, await SnapshotAsync());
        Assert.Equal(200, await _board.SubmitAsync(good).StatusAsync());
    }

    [Fact]
    public async Task Over_mqtt_each_refusal_is_acknowledged_and_counted_beside_a_verdict_that_stands()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
        RefusalCase[] cases =
        [
            .. await _cases.MalformedAsync(),
            .. _cases.Wrong(),
            new("its nonce in other evidence", 409, "NonceUsed", SameNonce()),
            new("evidence of another board", 403, "IdentityMismatch", async () => _signing.Evidence(await _signing.ChallengeAsync())),
        ];
        JsonElement before = await _board.DeviceAsync();
        int rows = (await _board.HistoryAsync()).Length;

        for (int i = 0; i < cases.Length; i++)
        {
            await connection.PublishEvidenceAsync(await cases[i].MakeAsync());

            JsonElement after = await _board.DeviceAsync();
            Assert.True(before.WithoutRefusals() == after.WithoutRefusals(), cases[i].Name);
            Assert.True(after.RefusalCount() == i + 1, $"{cases[i].Name}: {after.RefusalCount()} counted, {i + 1} sent");
            Assert.Equal(cases[i].Code, after.GetProperty("refusals").Text("last"));
        }

        Assert.Equal(rows, (await _board.HistoryAsync()).Length);
        Assert.False(connection.HasResult);
        Assert.Equal(0, (await _signing.DeviceAsync()).RefusalCount());
    }

    [Fact]
    public async Task Retained_evidence_is_acknowledged_refused_and_counted_and_its_nonce_stays_unspent()
    {
        await using MqttBoard connection = await MqttBoard.ConnectAsync(_verifier, _board);
        byte[] good = _board.Evidence(await connection.HelloAsync());

        await connection.PublishEvidenceAsync(good, retain: true);

        JsonElement device = await _board.DeviceAsync();
        Assert.Equal("""{"count":1,"last":"Retained"}""", device.GetProperty("refusals").GetRawText());
        Assert.Equal("Conformant", device.Text("conformity"));
        await connection.PublishEvidenceAsync(good);
        Assert.NotEmpty(await connection.ResultAsync());
    }

    [Fact]
    public async Task A_nonce_is_good_for_60_seconds_and_from_2_seconds_ahead()
    {
        byte[] old = _board.Evidence(await _board.ChallengeAsync());
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, await _board.SubmitAsync(old).StatusAsync());

        byte[] ahead = _board.Evidence(await _board.ChallengeAsync());
        _clock.Advance(TimeSpan.FromSeconds(-2));
        Assert.Equal(200, await _board.SubmitAsync(ahead).StatusAsync());
    }

    private byte[] SameNonce()
    {
        _board.Uptime++;
        byte[] nonce = _accepted.AsSpan(_accepted.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x0A, 0x58, 0x20]) + 3, 32).ToArray();
        return _board.Evidence(nonce);
    }

    private async Task<(string Board, string Signing)> SnapshotAsync() => (await SnapshotAsync(_board), await SnapshotAsync(_signing));

    private static async Task<string> SnapshotAsync(TestBoard board) =>
        $"{(await board.DeviceAsync()).GetRawText()} {string.Join(' ', (await board.HistoryAsync()).Select(row => row.GetRawText()))}";

    private static async Task Named(string name, Func<Task> check)
    {
        Exception? failure = await Record.ExceptionAsync(check);
        Assert.True(failure is null, $"{name}: {failure?.Message}");
    }
}
