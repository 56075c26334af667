using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Verdicts follow builds, certificates and the clock without new evidence.</summary>
public sealed class ReferenceTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_manifest_of_another_organisation_never_makes_a_board_conformant()
    {
        using Registry stranger = await Registry.OpenAsync(_verifier, "mallory", "mallory-cb");
        await stranger.SubmitCertifiedAsync(Firmware.Certified);

        Assert.Equal("Unknown", (await _board.AttestAsync()).Text("conformity"));

        await _registry.SubmitCertifiedAsync(Firmware.Tampered);
        Assert.Equal("Compromised", (await AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task A_suspended_certificate_takes_conformity_away_and_a_resumed_one_gives_it_back()
    {
        (_, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        Assert.Equal("Conformant", (await _board.AttestAsync()).Text("conformity"));

        await _registry.DecideAsync(certificate, "suspend");
        JsonElement suspended = await _board.DeviceAsync();
        await Eventually.TrueAsync(async () => (await _board.HistoryAsync())[0].Text("conformity") == "CertificateNotInForce", "history of the suspension");
        await _registry.DecideAsync(certificate, "resume");
        JsonElement resumed = await _board.DeviceAsync();

        Assert.Equal("CertificateNotInForce", suspended.Text("conformity"));
        Assert.Equal("body", suspended.Text("responsible"));
        Assert.Equal($"Ask demo-cb: certificate {certificate} is suspended.", suspended.Text("nextStep"));
        Assert.Empty(suspended.Texts("certificates"));
        Assert.Equal("Conformant", resumed.Text("conformity"));
    }

    [Fact]
    public async Task A_new_manifest_clears_exactly_the_digests_it_covers()
    {
        (string build, _) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _board.AttestAsync();
        await AttestAsync(Firmware.Tampered);
        await AttestAsync(Firmware.OtherTampered);
        Assert.Equal("Compromised", (await AttestAsync()).Text("conformity"));

        await _registry.SubmitAsync(Firmware.Tampered, "1.0.1");
        await AttestAsync();
        Assert.Equal("Compromised", (await _board.DeviceAsync()).Text("conformity"));
        await _registry.SubmitAsync(Firmware.OtherTampered, "1.0.2");

        await Eventually.TrueAsync(async () => (await _board.DeviceAsync()).Text("conformity") == "Conformant", "the last unknown set is covered");
        Assert.Equal(build, (await _board.DeviceAsync()).Text("build"));
        Assert.Equal("PendingCoverage", (await AttestAsync(Firmware.OtherTampered)).Text("conformity"));
    }

    [Fact]
    public async Task Silence_turns_into_stale_by_the_clock_also_after_a_restart()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _board.AttestAsync();

        _clock.Advance(TimeSpan.FromSeconds(660));
        Assert.Equal("Conformant", (await _board.DeviceAsync()).Text("conformity"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        JsonElement stale = await _board.DeviceAsync();
        await _verifier.RestartAsync();
        JsonElement again = await _board.DeviceAsync();

        Assert.Equal("Stale", stale.Text("conformity"));
        Assert.Equal(["StaleEvidence"], stale.Drift());
        Assert.Equal(WithoutRow(stale), WithoutRow(again));
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task A_restart_keeps_the_verdict_and_voids_open_challenges()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        JsonElement before = await _board.AttestAsync(Firmware.Tampered);
        _clock.Advance(TimeSpan.FromSeconds(1));
        byte[] open = _board.Evidence(await _board.ChallengeAsync());

        await _verifier.RestartAsync();

        Assert.Equal(before.GetRawText(), (await _board.DeviceAsync()).GetRawText());
        await _board.SubmitAsync(open).AssertProblemAsync(422, "NonceNotFresh");
        Assert.Equal("Compromised", (await AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task A_clock_stepped_back_rotates_the_challenge_key_and_boards_go_on()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _board.AttestAsync();
        byte[] open = _board.Evidence(await _board.ChallengeAsync());

        _clock.Advance(TimeSpan.FromHours(-1));
        byte[] after = _board.Evidence(await _board.ChallengeAsync());

        await _board.SubmitAsync(open).AssertProblemAsync(422, "NonceNotFresh");
        Assert.Equal(200, await _board.SubmitAsync(after).StatusAsync());
    }

    // The record of the silence is written soon after a start: the row of history that stands for the verdict is another one then.
    private static string WithoutRow(JsonElement device) =>
        string.Join('\n', device.EnumerateObject().Where(member => member.Name != "appraisal").Select(member => $"{member.Name} {member.Value.GetRawText()}"));

    private Task<JsonElement> AttestAsync(Domain.Evidence.MeasuredSet? measured = null)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _board.AttestAsync(measured);
    }
}
