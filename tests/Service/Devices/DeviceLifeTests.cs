using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>certification.md section 5.3: quarantine, repair, and boards out of service that are heard again.</summary>
public sealed class DeviceLifeTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private TestBoard _board = null!;
    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        _board = await new TestBoard(_verifier).EnrolAsync();
        _operator = _verifier.Operator();
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        _board.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_quarantined_board_attests_and_every_gate_denies_it_until_it_is_released()
    {
        Assert.Equal("Enrolled", (await _board.DeviceAsync()).Text("lifecycle"));
        await AttestAsync();
        Assert.Equal("Quarantined", (await StepAsync("quarantine")).Text("lifecycle"));
        JsonElement device = await AttestAsync();

        Assert.Equal(("Conformant", "Quarantined"), (device.Text("conformity"), device.Text("lifecycle")));
        Assert.Equal(("deny", "Quarantined,Conformant"), await GateAsync());
        await RestartAsync();
        Assert.Equal(("deny", "Quarantined,Conformant"), await GateAsync());
        Assert.Equal("Active", (await StepAsync("release")).Text("lifecycle"));
        Assert.Equal(("allow", "Conformant"), await GateAsync());
        JsonElement[] history = await _board.HistoryAsync();
        Assert.Equal(["release by operator: test", "quarantine by operator: test"], history[..2].Select(row => row.Text("cause")));
    }

    [Fact]
    public async Task A_board_in_repair_is_reviewed_its_evidence_is_stored_and_flagged_and_an_open_debug_port_takes_it_out_of_coverage_until_it_is_closed()
    {
        await AttestAsync();
        await StepAsync("repair");
        Assert.Equal(("review", "InRepair,Conformant"), await GateAsync());

        _board.DebugStatus = 0;
        JsonElement open = await AttestAsync();
        Assert.Equal(("Drifted", "InRepair"), (open.Text("conformity"), open.Text("lifecycle")));
        Assert.Equal(["DebugEnabled"], open.Drift());
        Assert.Equal(("deny", "InRepair,Drifted,DebugEnabled"), await GateAsync());
        Assert.Equal("evidence in repair", (await _board.HistoryAsync())[0].Text("cause"));

        Assert.Equal("Drifted", (await StepAsync("return")).Text("conformity"));
        _board.DebugStatus = 2;
        Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
        Assert.Equal(("allow", "Conformant"), await GateAsync());
    }

    [Theory]
    [InlineData("release")]
    [InlineData("return")]
    public async Task A_step_that_is_not_possible_is_409_and_one_without_a_reason_400(string step)
    {
        await _operator.PostJsonAsync($"/v1/devices/{_board.Ueid}/{step}", new { reason = "x" }).AssertProblemAsync(409, "Conflict");
        await _operator.PostJsonAsync($"/v1/devices/{_board.Ueid}/{step}", new { }).AssertProblemAsync(400, "Malformed");
        Assert.Empty(await _board.HistoryAsync());
    }

    [Fact]
    public async Task A_repair_and_a_rekey_do_not_end_a_quarantine()
    {
        await StepAsync("quarantine");
        Assert.Equal("Quarantined", (await StepAsync("repair")).Text("lifecycle"));
        Assert.Equal("Quarantined", (await StepAsync("return")).Text("lifecycle"));

        Assert.Equal(200, await _operator.PostJsonAsync($"/v1/devices/{_board.Ueid}/rekey", new { key = Boards.P256Key(), reason = "lost" }).StatusAsync());

        Assert.Equal("Quarantined", (await _board.DeviceAsync()).Text("lifecycle"));
        await RestartAsync();
        Assert.Equal("Quarantined", (await _board.DeviceAsync()).Text("lifecycle"));
    }

    [Fact]
    public async Task Evidence_of_a_decommissioned_board_is_refused_counted_and_raises_an_alarm_and_that_of_strangers_does_not()
    {
        await AttestAsync();
        await StepAsync("decommission");
        byte[] forged = _board.Evidence(await _board.ChallengeAsync(), authenticator: TestAuthenticator.Hmac(_board.Kid, new byte[32]));
        Assert.Equal(401, await _board.SubmitAsync(forged).StatusAsync());
        Assert.Equal("""{"count":0,"last":null}""", (await _board.DeviceAsync()).GetProperty("alarms").GetRawText());

        byte[] evidence = await TellAsync();
        await _board.SubmitAsync(evidence).AssertProblemAsync(403, "IdentityMismatch");
        await TellAsync();
        await RestartAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await TellAsync();

        JsonElement device = await _board.DeviceAsync();
        Assert.Equal(3, device.GetProperty("alarms").GetProperty("count").GetInt64());
        Assert.Equal(("Decommissioned", "Decommissioned"), (device.Text("conformity"), device.Text("lifecycle")));
        JsonElement[] events = await _operator.EventsAsync("device.alarm");
        Assert.Equal(2, events.Length);
        Assert.Equal((_board.Ueid, "acme"), (events[0].GetProperty("data").Text("ueid"), events[0].GetProperty("data").Text("manufacturer")));
    }

    /// <summary>Sends evidence of a board out of service, which is refused.</summary>
    private async Task<byte[]> TellAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        byte[] evidence = _board.Evidence(await _board.ChallengeAsync());
        await _board.SubmitAsync(evidence).AssertProblemAsync(403, "IdentityMismatch");
        return evidence;
    }

    private async Task RestartAsync()
    {
        await _verifier.RestartAsync();
        _operator.Dispose();
        _operator = _verifier.Operator();
    }

    private async Task<JsonElement> StepAsync(string step)
    {
        using HttpResponseMessage response = await _operator.PostJsonAsync($"/v1/devices/{_board.Ueid}/{step}", new { reason = "test" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<(string Decision, string Reasons)> GateAsync()
    {
        using HttpResponseMessage response = await _operator.PostJsonAsync("/v1/gate", new { ueids = new[] { _board.Ueid } });
        JsonElement board = (await response.JsonAsync()).GetProperty("boards")[0];
        return (board.Text("decision"), string.Join(',', board.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())));
    }

    private Task<JsonElement> AttestAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _board.AttestAsync();
    }
}
