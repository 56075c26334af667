using System.Text.Json;
using IotAttest.Service.Gate;

namespace IotAttest.Service.Tests;

/// <summary>certification.md section 6, story 14: gate on conformity without an outage.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _fleet = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _registry = await Registry.OpenAsync(_verifier);
        _fleet = await _verifier.OrganisationAsync("fleet", "integrator");
    }

    public async Task DisposeAsync()
    {
        _fleet.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Story_14_Gate_on_conformity_without_an_outage_a_conformant_board_may_join_a_tampered_one_may_not_and_an_uncertified_build_is_reviewed()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _registry.SubmitAsync(Firmware.OtherTampered, "1.1.0");
        using TestBoard good = await OwnedAsync();
        using TestBoard bad = await OwnedAsync();
        using TestBoard pending = await OwnedAsync();
        await good.AttestAsync();
        await bad.AttestAsync(Firmware.Tampered);
        await pending.AttestAsync(Firmware.OtherTampered);

        JsonElement answer = await AskAsync("enforce", bad.Ueid, good.Ueid, pending.Ueid);

        Assert.Equal("enforce", answer.Text("mode"));
        Assert.Equal([(bad.Ueid, "deny"), (good.Ueid, "allow"), (pending.Ueid, "review")], Decisions(answer));
        Assert.Equal(["Compromised", "UnknownMeasurement"], Reasons(answer, 0));
        Assert.Equal(["Conformant"], Reasons(answer, 1));
        Assert.Equal(["PendingCoverage", "UncertifiedUpdate"], Reasons(answer, 2));
        Assert.NotEmpty(answer.GetProperty("boards")[0].Text("nextStep"));
        Assert.NotEmpty(answer.GetProperty("boards")[1].Text("expiresAt"));
    }

    [Fact]
    public async Task Story_14_Gate_on_conformity_without_an_outage_observe_never_denies_and_warn_turns_a_denial_into_a_review()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard bad = await OwnedAsync();
        await bad.AttestAsync(Firmware.Tampered);

        JsonElement observed = await AskAsync("observe", bad.Ueid);
        JsonElement warned = await AskAsync("warn", bad.Ueid);

        Assert.Equal([(bad.Ueid, "allow")], Decisions(observed));
        Assert.Equal([(bad.Ueid, "review")], Decisions(warned));
        Assert.Equal("deny", observed.GetProperty("boards")[0].Text("enforced"));
    }

    [Fact]
    public async Task A_board_of_another_owner_and_one_that_does_not_exist_are_answered_alike()
    {
        using TestBoard foreign = await new TestBoard(_verifier).EnrolAsync();
        string unknown = Boards.NewUeid();

        JsonElement answer = await AskAsync("enforce", foreign.Ueid, unknown);

        JsonElement[] boards = [.. answer.GetProperty("boards").EnumerateArray()];
        Assert.Equal(boards[0].GetRawText().Replace(foreign.Ueid, unknown, StringComparison.Ordinal), boards[1].GetRawText());
        Assert.Equal(["NotVisible"], Reasons(answer, 0));
    }

    [Theory]
    [InlineData("""{"mode":"enforce"}""")]
    [InlineData("""{"ueids":[]}""")]
    [InlineData("""{"ueids":"01"}""")]
    [InlineData("""{"ueids":["01","01"]}""")]
    [InlineData("""{"ueids":["0123456789012345678901234567890123x"]}""")]
    [InlineData("""{"ueids":["01"],"mode":"Enforce"}""")]
    [InlineData("""{"ueids":["01"],"limit":1}""")]
    public async Task A_question_that_is_not_understood_is_400(string body) =>
        await _fleet.PostTextAsync("/v1/gate", body).AssertProblemAsync(400, "Malformed");

    [Fact]
    public async Task A_thousand_boards_fit_into_one_question_and_one_more_is_400()
    {
        string[] ueids = [.. Enumerable.Range(0, GateRequest.MaxBoards + 1).Select(_ => Boards.NewUeid())];

        JsonElement answer = await AskAsync("enforce", ueids[1..]);
        await _fleet.PostJsonAsync("/v1/gate", new { ueids }).AssertProblemAsync(400, "Malformed");

        Assert.Equal(GateRequest.MaxBoards, answer.GetProperty("boards").GetArrayLength());
    }

    private async Task<TestBoard> OwnedAsync() => await new TestBoard(_verifier).EnrolAsync("owner", "fleet");

    private async Task<JsonElement> AskAsync(string mode, params string[] ueids)
    {
        using HttpResponseMessage response = await _fleet.PostJsonAsync("/v1/gate", new { ueids, mode });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static (string, string)[] Decisions(JsonElement answer) =>
        [.. answer.GetProperty("boards").EnumerateArray().Select(board => (board.Text("ueid"), board.Text("decision")))];

    private static string[] Reasons(JsonElement answer, int board) =>
        [.. answer.GetProperty("boards")[board].GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
}
