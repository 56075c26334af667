using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Retiring builds, and the minimum security version of a class.</summary>
public sealed class BuildLifeTests : IAsyncLifetime
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
    public async Task A_retired_build_is_a_rollback_on_every_board_without_new_evidence_and_stays_so_after_a_restart()
    {
        (string build, _) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        Assert.Equal("Conformant", (await _board.AttestAsync()).Text("conformity"));

        _clock.Advance(TimeSpan.FromSeconds(1));
        JsonElement retired = await RetireAsync(build, "recalled: radio out of band");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("retired", "covered", "2026-11-22T12:00:01Z", "2026-11-22T12:00:01Z"), (retired.Text("status"), retired.Text("coverage"), retired.Text("retiredAt"), retired.Text("acceptedUntil")));
        Assert.Equal(["submitted", "retired"], retired.GetProperty("history").EnumerateArray().Select(entry => entry.Text("event")));
        Assert.Equal(("operator", "recalled: radio out of band"), (retired.GetProperty("history")[1].Text("decidedBy"), retired.GetProperty("history")[1].Text("reason")));
        await AssertRollbackAsync();
        await _verifier.RestartAsync();
        using HttpClient anybody = _verifier.Anybody();
        Assert.Equal("retired", (await anybody.GetJsonAsync($"/v1/builds/{build}")).Text("status"));
        Assert.Equal("Rollback", (await _board.DeviceAsync()).Texts("drift").Single());
    }

    [Fact]
    public async Task Retiring_twice_changes_nothing_and_a_retired_build_takes_part_in_no_succession()
    {
        string old = await _registry.SubmitAsync(Firmware.Certified, "1.0.0");
        string next = await _registry.SubmitAsync(Firmware.Tampered, "2.0.0");
        await RetireAsync(old, "first");

        JsonElement again = await RetireAsync(old, "second");

        Assert.Equal(2, again.GetProperty("history").GetArrayLength());
        await _operator.PostJsonAsync($"/v1/builds/{old}/supersede", new { by = next }).AssertProblemAsync(409, "Conflict");
        await _operator.PostJsonAsync($"/v1/builds/{next}/supersede", new { by = old }).AssertProblemAsync(422, "NoSuccessor");
        await _operator.PostJsonAsync($"/v1/builds/{next}/retire", new { }).AssertProblemAsync(400, "Malformed");
        await _operator.PostJsonAsync("/v1/builds/none/retire", new { reason = "x" }).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task Only_the_maker_decides_about_its_builds_and_classes()
    {
        string build = await _registry.SubmitAsync(Firmware.Certified, securityVersion: 3);
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");

        await other.PostJsonAsync($"/v1/builds/{build}/retire", new { reason = "x" }).AssertProblemAsync(403, "Forbidden");
        await other.PostJsonAsync(MinimumOf(Boards.Class), new { version = 2, reason = "x", manufacturer = "acme" }).AssertProblemAsync(403, "Forbidden");
        await other.PostJsonAsync(MinimumOf(Boards.Class), new { version = 2, reason = "x" }).AssertProblemAsync(422, "NoBuild");
    }

    [Fact]
    public async Task A_raised_minimum_rolls_every_board_below_it_back_without_new_evidence()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _registry.SubmitAsync(Firmware.Tampered, "2.0.0", securityVersion: 3);
        Assert.Equal("Conformant", (await _board.AttestAsync()).Text("conformity"));

        JsonElement raised = await RaiseAsync(3, "CVE-2026-0001 is closed in 2.0.0");

        Assert.Equal((3, "CVE-2026-0001 is closed in 2.0.0"), (raised.GetProperty("minimums")[0].GetProperty("minimumSecurityVersion").GetInt32(), raised.GetProperty("minimums")[0].Text("reason")));
        await AssertRollbackAsync();
        await _verifier.RestartAsync();
        Assert.Equal("Rollback", (await _board.DeviceAsync()).Texts("drift").Single());
        using HttpClient anybody = _verifier.Anybody();
        JsonElement builds = (await anybody.GetJsonAsync("/v1/builds")).GetProperty("builds");
        Assert.All(builds.EnumerateArray(), build => Assert.Equal(3, build.GetProperty("minimumSecurityVersion").GetInt32()));
    }

    [Fact]
    public async Task A_minimum_only_rises_and_its_history_stays()
    {
        await _registry.SubmitAsync(Firmware.Certified, securityVersion: 3);
        await RaiseAsync(2, "first");
        await RaiseAsync(2, "again");
        await RaiseAsync(3, "second");

        await _operator.PostJsonAsync(MinimumOf(Boards.Class), Minimum(2)).AssertProblemAsync(409, "Conflict");
        await _operator.PostJsonAsync(MinimumOf(Boards.Class), Minimum(4)).AssertProblemAsync(422, "NoBuild");
        await _operator.PostJsonAsync(MinimumOf(Boards.Class), Minimum(0)).AssertProblemAsync(400, "Malformed");
        await _operator.PostJsonAsync(MinimumOf(Boards.Class), new { version = 3, reason = "no maker" }).AssertProblemAsync(400, "Malformed");
        await _operator.PostJsonAsync(MinimumOf("no-class"), Minimum(3)).AssertProblemAsync(400, "Malformed");
        using HttpClient anybody = _verifier.Anybody();
        JsonElement view = await anybody.GetJsonAsync(MinimumOf(Boards.Class));
        Assert.Equal(["second", "first"], view.GetProperty("history").EnumerateArray().Select(entry => entry.Text("reason")));
        Assert.Equal(0, (await anybody.GetJsonAsync(MinimumOf(Guid.NewGuid().ToString()))).GetProperty("history").GetArrayLength());
    }

    private static string MinimumOf(string productClass) => $"/v1/classes/{productClass}/minimum-security-version";

    private static object Minimum(int version) => new { version, reason = "x", manufacturer = "acme" };

    private async Task<JsonElement> RaiseAsync(int version, string reason)
    {
        using HttpResponseMessage response = await _operator.PostJsonAsync(MinimumOf(Boards.Class), new { version, reason, manufacturer = "acme" });
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task<JsonElement> RetireAsync(string build, string reason)
    {
        using HttpResponseMessage response = await _operator.PostJsonAsync($"/v1/builds/{build}/retire", new { reason });
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task AssertRollbackAsync()
    {
        JsonElement device = await _board.DeviceAsync();
        Assert.Equal(("Drifted", "Rollback"), (device.Text("conformity"), device.Texts("drift").Single()));
        await Eventually.TrueAsync(async () => (await _board.HistoryAsync())[0].Text("conformity") == "Drifted", "history of the rollback");
    }
}
