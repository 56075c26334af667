using System.Text.Json;

namespace IotAttest.Service.Tests;

/// <summary>certification.md section 6, story 12: add a board to a fleet (what needs no page).</summary>
public sealed class Story12AddABoardToAFleetTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _registry = await Registry.OpenAsync(_verifier);
    }

    public async Task DisposeAsync()
    {
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Story_12_Add_a_board_to_a_fleet_from_an_unprovisioned_board_to_a_first_verdict_takes_one_record_one_challenge_and_one_answer()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        Assert.Equal(("Unknown", "Switch the board on and let it attest."), Short(await board.DeviceAsync()));

        JsonElement first = await board.AttestAsync();

        Assert.Equal(("Conformant", "Nothing to do."), Short(first));
    }

    [Fact]
    public async Task A_board_that_fails_is_shown_the_claim_what_it_reported_what_was_expected_and_what_to_do()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();

        JsonElement device = await board.AttestAsync(Firmware.Tampered);

        JsonElement wrong = Assert.Single(device.GetProperty("components").EnumerateArray(), component => component.Text("reported") != component.Text("expected"));
        Assert.Equal("deployment", wrong.Text("name"));
        Assert.Equal($"sha256:{new string('9', 64)}", wrong.Text("reported"));
        Assert.Equal($"sha256:{new string('2', 64)}", wrong.Text("expected"));
        Assert.StartsWith("Isolate the board", device.Text("nextStep"), StringComparison.Ordinal);
        Assert.NotEmpty(device.Text("responsible"));
    }

    [Fact]
    public async Task A_board_of_which_no_build_is_registered_ends_as_unknown_with_a_next_step_and_not_as_an_error()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();

        JsonElement device = await board.AttestAsync();

        Assert.Equal("Unknown", device.Text("conformity"));
        Assert.Equal("Submit a build manifest for this product: there is nothing to compare the board with.", device.Text("nextStep"));
    }

    [Fact]
    public async Task A_board_that_nobody_enrolled_gets_a_challenge_like_any_other_and_its_evidence_is_told_what_to_do()
    {
        using TestBoard stranger = new(_verifier);

        byte[] challenge = await stranger.ChallengeAsync();
        JsonElement problem = await stranger.SubmitAsync(stranger.Evidence(challenge)).AssertProblemAsync(404, "UnknownKey");

        Assert.Equal(32, challenge.Length);
        Assert.Contains("enrol the board", problem.Text("do"), StringComparison.OrdinalIgnoreCase);
        using HttpClient client = _verifier.Operator();
        using HttpResponseMessage gate = await client.PostJsonAsync("/v1/gate", new { ueids = new[] { stranger.Ueid } });
        JsonElement answer = (await gate.JsonAsync()).GetProperty("boards")[0];
        Assert.Equal("deny", answer.Text("decision"));
        Assert.Equal("NotVisible", Assert.Single(answer.Texts("reasons")));
    }

    private static (string Conformity, string NextStep) Short(JsonElement device) => (device.Text("conformity"), device.Text("nextStep"));
}
