using System.Text.Json;
using IotAttest.Cli.Tests.Talking;

namespace IotAttest.Cli.Tests.Certify;

public sealed class CertifyDecisionTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_suspension_carries_end_and_actions()
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync("certify", "suspend", "C-1", "--reason", "flaw", "--until", "2026-12-24", "--action", "mend it", "--action", "test it", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", "extend", "C-1", "--reason", "time", "--until", "2027-01-24T12:00:00Z", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", "resume", "C-1", "--reason", "done", "--actions-verified", "--server", verifier.Url)).Ended(0);

        Assert.Equal(
            [
                """{"decision":"suspend","reason":"flaw","until":"2026-12-24T23:59:59Z","actions":["mend it","test it"]}""",
                """{"decision":"extend","reason":"time","until":"2027-01-24T12:00:00Z"}""",
                """{"decision":"resume","reason":"done","actionsVerified":true}""",
            ],
            verifier.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task Whoever_suspends_is_shown_until_when_and_what_has_to_be_done()
    {
        using StubVerifier verifier = new(_ => (200, """{"id":"C-1","suspension":{"until":"2027-01-03T12:00:00Z","requestedActions":["mend it","test it"],"isOverdue":false,"deeper":{"x":1}},"warnings":[{"code":"x"}]}"""));

        CommandResult suspended = (await _line.RunAsync("certify", "suspend", "C-1", "--reason", "flaw", "--server", verifier.Url)).Ended(0);

        Assert.Contains("suspension.until             2027-01-03T12:00:00Z", suspended.Out, StringComparison.Ordinal);
        Assert.Contains("suspension.requestedActions  mend it, test it", suspended.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("{", suspended.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certify", "extend", "C-1", "--reason", "x")]
    [InlineData("certify", "suspend", "C-1", "--reason", "x", "--until", "soon")]
    [InlineData("certify", "withdraw", "C-1", "--reason", "x", "--until", "2027-01-01")]
    [InlineData("certify", "revoke", "C-1")]
    [InlineData("certify", "confirm", "C-1")]
    [InlineData("certify", "confirm", "C-1", "--proposal", "0")]
    [InlineData("certify", "confirm", "--proposal", "1")]
    public async Task What_a_decision_lacks_or_does_not_take_is_wrong_usage(params string[] words)
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync([.. words, "--server", verifier.Url])).Ended(2);

        Assert.Empty(verifier.Requests);
    }

    [Fact]
    public async Task A_proposal_says_how_it_is_confirmed_and_a_confirmation_names_it()
    {
        using StubVerifier verifier = new(request => request.Text.Contains("confirm", StringComparison.Ordinal)
            ? (200, """{"id":"C-1","status":"Revoked"}""")
            : (202, """{"proposal":7,"certificate":"C-1","state":"open"}"""));

        CommandResult proposed = (await _line.RunAsync("certify", "revoke", "C-1", "--reason", "fraud", "--server", verifier.Url)).Ended(0);
        CommandResult confirmed = (await _line.RunAsync("certify", "confirm", "C-1", "--proposal", "7", "--server", verifier.Url)).Ended(0);

        Assert.Contains("iotattest certify confirm C-1 --proposal 7", proposed.Error, StringComparison.Ordinal);
        Assert.Equal("""{"decision":"confirm","proposal":7}""", verifier.Requests[1].Text);
        Assert.Contains("Revoked", confirmed.Out, StringComparison.Ordinal);
        Assert.Empty(confirmed.Error);
    }

    [Fact]
    public async Task A_certificate_that_takes_two_persons_says_so_when_it_is_submitted()
    {
        using StubVerifier verifier = new(_ => (202, """{"proposal":3,"certificate":"DEMO-1","decision":"issue","state":"open"}"""));
        await MakeManifestAsync();
        (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);

        CommandResult result = (await _line.RunAsync("certify", "submit", "@c.corim", "--server", verifier.Url)).Ended(0);

        Assert.Contains("iotattest certify confirm DEMO-1 --proposal 3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_one_line_with_the_verifiers_words()
    {
        using StubVerifier verifier = new(_ => (403, """{"status":403,"code":"SamePerson","seen":"a confirmation by the person who proposed it","expected":"another person of the body","do":"Have a colleague confirm it."}"""));

        CommandResult result = (await _line.RunAsync("certify", "confirm", "C-1", "--proposal", "7", "--server", verifier.Url)).Ended(1);

        Assert.Equal("error: seen 403 from the verifier: a confirmation by the person who proposed it; expected another person of the body; Have a colleague confirm it\n", result.Error);
    }

    [Fact]
    public async Task Proposals_are_a_table()
    {
        using StubVerifier verifier = new(_ => (200, """{"certificate":"C-1","proposals":[{"proposal":7,"decision":"revoke","state":"open","proposedBy":"ann","confirmBy":"2026-11-29T12:00:00Z","until":null,"reason":"fraud"}]}"""));

        CommandResult result = (await _line.RunAsync("certify", "proposals", "C-1", "--server", verifier.Url)).Ended(0);

        Assert.Equal("GET /v1/certificates/C-1/proposals", Assert.Single(verifier.Requests).Line);
        Assert.Matches("7 +revoke +open +ann +2026-11-29T12:00:00Z +fraud", result.Out);
    }

    [Fact]
    public async Task A_person_gets_a_token_of_their_own()
    {
        using StubVerifier verifier = new(_ => (200, """{"name":"demo-cb","person":"ann","token":"t-ann"}"""));

        (await _line.RunAsync("org", "token", "--name", "demo-cb", "--person", "ann", "--token-out", "@t", "--server", verifier.Url)).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(("POST /v1/organisations/demo-cb/persons", """{"person":"ann"}"""), (request.Line, request.Text));
        Assert.Equal("t-ann\n", File.ReadAllText(_line.PathOf("t")));
    }

    [Fact]
    public async Task The_terms_of_a_certificate_are_signed_and_shown()
    {
        await MakeManifestAsync();

        (await _line.RunAsync(ProductFiles.CertificateLine("--patch-policy", "assessedProcess:30", "--supersedes", "DEMO-0", "--minor-change", "--category", "thermostat", "--category", "consumer-smart-device"))).Ended(0);
        JsonElement content = (await _line.RunAsync("verify", "certificate", "@c.corim", "--key", "@body.pub.pem", "--json")).Ended(0).Json.GetProperty("content");

        Assert.Equal(("assessedProcess:30", "DEMO-0", true), (content.GetProperty("patchPolicy").GetString(), content.GetProperty("supersedes").GetString(), content.GetProperty("isMinorChange").GetBoolean()));
        Assert.Equal(["consumer-smart-device", "thermostat"], content.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
    }

    [Theory]
    [InlineData("--patch-policy", "assessedProcess:366")]
    [InlineData("--patch-policy", "sometimes")]
    [InlineData("--minor-change")]
    [InlineData("--category", "With Space")]
    public async Task Terms_that_no_certificate_can_hold_are_wrong_usage(params string[] more)
    {
        await MakeManifestAsync();

        (await _line.RunAsync(ProductFiles.CertificateLine(more))).Ended(2);

        Assert.False(File.Exists(_line.PathOf("c.corim")));
    }

    private async Task MakeManifestAsync()
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
    }
}
