using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Appraisals;

public sealed class PolicyTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _operator = _verifier.Operator();
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Shipped_policies_are_open_to_everybody()
    {
        using HttpClient anybody = _verifier.Anybody();

        JsonElement[] policies = [.. (await anybody.GetJsonAsync("/v1/policies")).GetProperty("policies").EnumerateArray()];
        JsonElement one = await anybody.GetJsonAsync("/v1/policies/demo.high/1");

        Assert.All(policies, policy => Assert.True(policy.GetProperty("inForce").GetBoolean()));
        Assert.Equal("program", one.Text("submittedBy"));
        Assert.Equal("hardware-rooted", one.GetProperty("policy").Text("minimumEvidenceStrength"));
        await anybody.GetAsync(new Uri("/v1/policies/demo.high/2", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task A_new_version_is_in_force_for_every_board_at_once_and_says_who_and_why()
    {
        using Registry registry = await Registry.OpenAsync(_verifier);
        (_, string certificate) = await registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        JsonElement before = await board.AttestAsync();

        await ReplayTests.SubmitPolicyAsync(_operator, "demo.substantial", 2, """["secureBoot"]""");
        JsonElement after = await board.DeviceAsync();

        Assert.Equal(("Conformant", "urn:iotattest:policy:demo.substantial:v1"), (before.Text("conformity"), before.GetProperty("policies")[1].GetString()));
        Assert.Equal(("PendingCoverage", "urn:iotattest:policy:demo.substantial:v2"), (after.Text("conformity"), after.GetProperty("policies")[1].GetString()));
        Assert.Equal($"Certificate {certificate} does not count for this board: policy urn:iotattest:policy:demo.substantial:v2 asks for secure boot, and the board does not report it as on.", after.Text("nextStep"));
        Assert.Equal("RequirementNotMet", after.GetProperty("conditions")[0].GetString());
        JsonElement one = await _operator.GetJsonAsync("/v1/policies/demo.substantial/2");
        Assert.Equal(("operator", "a stricter rule"), (one.Text("submittedBy"), one.Text("reason")));
        Assert.False((await _operator.GetJsonAsync("/v1/policies/demo.substantial/1")).GetProperty("inForce").GetBoolean());

        // History follows by itself, and a restart knows the version.
        await Eventually.TrueAsync(async () => (await board.HistoryAsync())[0].Text("conformity") == "PendingCoverage", "history has the new verdict");
        await _verifier.RestartAsync();
        Assert.Equal("PendingCoverage", (await board.DeviceAsync()).Text("conformity"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_version_is_never_changed_and_none_is_left_out(int version)
    {
        string policy = $$"""{"policy":{"id":"default","version":{{version}},"minimumEvidenceStrength":"native","requiredBootFacts":[],"allowedAlgorithms":["ES256"]},"reason":"x"}""";

        await _operator.PostTextAsync("/v1/policies", policy).AssertProblemAsync(409, "Conflict");
    }

    [Theory]
    [InlineData("""{"policy":{"id":"demo.hgih","version":1,"scheme":"demo","level":"hgih","minimumEvidenceStrength":"native","requiredBootFacts":[],"allowedAlgorithms":["ES256"]},"reason":"x"}""", 422)]
    [InlineData("""{"policy":{"id":"default","version":2,"minimumEvidenceStrength":"native","required-boot-facts":[],"allowedAlgorithms":["ES256"]},"reason":"x"}""", 400)]
    [InlineData("""{"policy":{"id":"default","version":2,"minimumEvidenceStrength":"native","requiredBootFacts":[],"allowedAlgorithms":["ES256"]}}""", 400)]
    [InlineData("""{"policy":[],"reason":"x"}""", 400)]
    [InlineData("""{"policy":null,"reason":"x"}""", 400)]
    public async Task What_nobody_would_apply_is_refused(string body, int status)
    {
        using HttpResponseMessage response = await _operator.PostTextAsync("/v1/policies", body);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("de", "de", "Das Gerät einschalten und sich ausweisen lassen.")]
    [InlineData("fr, de-AT;q=0.8, en;q=0.2", "de", "Das Gerät einschalten und sich ausweisen lassen.")]
    [InlineData("de;q=0, en", "en", "Switch the board on and let it attest.")]
    [InlineData("fr", "en", "Switch the board on and let it attest.")]
    [InlineData(null, "en", "Switch the board on and let it attest.")]
    public async Task The_next_step_is_in_the_language_of_the_request(string? wanted, string language, string nextStep)
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        if (wanted is not null)
        {
            _operator.DefaultRequestHeaders.AcceptLanguage.ParseAdd(wanted);
        }

        using HttpResponseMessage device = await _operator.GetAsync(new Uri($"/v1/devices/{board.Ueid}", UriKind.Relative));
        using HttpResponseMessage gate = await _operator.PostTextAsync("/v1/gate", $$"""{"ueids":["{{board.Ueid}}"]}""");
        using HttpResponseMessage vocabulary = await _operator.GetAsync(new Uri("/v1/vocabulary", UriKind.Relative));

        Assert.All([device, gate, vocabulary], response => Assert.Equal(language, Assert.Single(response.Content.Headers.ContentLanguage)));
        Assert.Equal(nextStep, (await device.JsonAsync()).Text("nextStep"));
        Assert.Equal(nextStep, (await gate.JsonAsync()).GetProperty("boards")[0].Text("nextStep"));
        JsonElement unknown = (await vocabulary.JsonAsync()).GetProperty("conformity").EnumerateArray().Single(word => word.Text("word") == "Unknown");
        Assert.Equal((nextStep, "integrator"), (unknown.Text("nextStep"), unknown.Text("responsible")));
    }
}
