using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>DESIGN.md section 4, the table of boot counters, through real evidence.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        using Registry registry = await Registry.OpenAsync(_verifier);
        await registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        await _verifier.DisposeAsync();
    }

    [Theory]
    [InlineData(0, false, 0, "Conformant")]
    [InlineData(0, false, 1, "Conformant")]
    [InlineData(0, false, -1, "Compromised")]
    [InlineData(0, true, 0, "Compromised")]
    [InlineData(1, true, -100, "Conformant")]
    [InlineData(1000, true, 0, "Conformant")]
    [InlineData(1, false, 0, "Compromised")]
    [InlineData(-1, false, 0, "Compromised")]
    [InlineData(-1, true, 0, "Compromised")]
    public async Task Counters_that_one_board_cannot_produce_are_a_conflict(long moreBoots, bool hasNewSeed, long moreUptime, string conformity)
    {
        await AttestAsync();

        _board.BootCount += moreBoots;
        _board.Uptime += moreUptime;
        _board.BootSeed = hasNewSeed ? RandomNumberGenerator.GetBytes(16) : _board.BootSeed;
        JsonElement device = await AttestAsync();

        Assert.Equal(conformity, device.Text("conformity"));
        Assert.Equal(conformity == "Conformant" ? [] : ["IdentityConflict"], device.Drift());
    }

    [Fact]
    public async Task A_conflict_stays_until_a_person_clears_it_with_a_reason()
    {
        await AttestAsync();
        _board.BootCount--;
        await AttestAsync();
        _board.BootCount++;
        Assert.Equal(["IdentityConflict"], (await AttestAsync()).Drift());
        await _verifier.RestartAsync();
        Assert.Equal(["IdentityConflict"], (await AttestAsync()).Drift());

        using HttpClient client = _verifier.Operator();
        await client.PostJsonAsync($"/v1/devices/{_board.Ueid}/clear", new { }).AssertProblemAsync(400, "Malformed");
        Assert.Equal(200, await client.PostJsonAsync($"/v1/devices/{_board.Ueid}/clear", new { reason = "the copy was found" }).StatusAsync());

        JsonElement[] history = await _board.HistoryAsync();
        Assert.Equal("clear by operator: the copy was found", history[0].Text("cause"));
        Assert.Equal(3, history.Length);
        _board.BootCount -= 5;
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task An_older_challenge_is_refused_and_never_a_conflict()
    {
        byte[] older = _board.Evidence(await _board.ChallengeAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        _board.Uptime++;
        await AttestAsync();

        await _board.SubmitAsync(older).AssertProblemAsync(422, "NonceNotFresh");

        JsonElement device = await _board.DeviceAsync();
        Assert.Empty(device.Drift());
        Assert.Equal("Conformant", device.Text("conformity"));
    }

    // Growth of the challenge time is counted in milliseconds, and this clock stands still.
    private Task<JsonElement> AttestAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _board.AttestAsync();
    }
}
