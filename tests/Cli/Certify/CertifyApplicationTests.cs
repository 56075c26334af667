using IotAttest.Cli.Tests.Talking;

namespace IotAttest.Cli.Tests.Certify;

public sealed class CertifyApplicationTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task An_application_carries_its_conformance_statement()
    {
        using StubVerifier verifier = new(_ => (201, """{"id":"7","status":"Applied"}"""));

        CommandResult result = (await _line.RunAsync(
            "certify", "apply", "--build", "B", "--body", "demo-cb", "--scheme", "demo", "--level", "high", "--summary", "A sensor.", "--answer", "demo/D-1=yes", "--answer", "demo/D-2=no:later: in May",
            "--server", verifier.Url)).Ended(0);

        Assert.Equal(
            """{"build":"B","body":"demo-cb","scheme":"demo","level":"high","summaryPlain":"A sensor.","answers":[{"requirement":"demo/D-1","claim":"yes"},{"requirement":"demo/D-2","claim":"no","note":"later: in May"}]}""",
            verifier.Requests.Single().Text);
        Assert.Contains("Applied", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_evaluate_and_refuse_and_holders_appeal()
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync("certify", "evaluate", "7", "--laboratory", "lab", "--public", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", "refuse", "7", "--reason", "incomplete", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", "appeal", "DEMO-1", "--decision", "2", "--summary", "wrong", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("certify", "appeal", "7", "--application", "--decision", "3", "--summary", "wrong", "--server", verifier.Url)).Ended(0);

        Assert.Equal(
            [
                """{"decision":"evaluate","laboratory":"lab","isPublic":true}""",
                """{"decision":"refuse","reason":"incomplete"}""",
                """{"type":"appeal","certificate":"DEMO-1","decision":2,"summary":"wrong"}""",
                """{"type":"appeal","application":7,"decision":3,"summary":"wrong"}""",
            ],
            verifier.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task Cases_are_listed_shown_and_decided()
    {
        using StubVerifier verifier = new(request => (200, request.Line.Contains("?limit", StringComparison.Ordinal)
            ? """{"cases":[{"id":"4","type":"appeal","state":"open","isOverdue":true}]}"""
            : """{"id":"4","state":"open","clocks":[{"name":"decision","dueAt":"2027-01-21T12:00:00Z","metAt":null,"isOverdue":true}]}"""));

        CommandResult list = (await _line.RunAsync("case", "list", "--type", "appeal", "--state", "open", "--server", verifier.Url)).Ended(0);
        CommandResult show = (await _line.RunAsync("case", "show", "4", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("case", "assign", "4", "--person", "carol", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("case", "note", "4", "--rationale", "seen", "--clock", "remedy", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("case", "decide", "4", "--outcome", "upheld", "--rationale", "holds", "--confidential", "inside", "--dissent", "one", "--server", verifier.Url)).Ended(0);

        Assert.Contains("appeal", list.Out, StringComparison.Ordinal);
        Assert.Contains("2027-01-21", show.Out, StringComparison.Ordinal);
        Assert.Equal("GET /v1/cases?limit=1000&type=appeal&state=open", verifier.Requests[0].Line);
        Assert.Equal("POST /v1/cases/4/actions", verifier.Requests[2].Line);
        Assert.Equal(
            [
                """{"action":"assign","person":"carol"}""",
                """{"action":"note","rationalePublic":"seen","clock":"remedy"}""",
                """{"action":"decide","outcome":"upheld","rationalePublic":"holds","rationaleConfidential":"inside","dissent":"one"}""",
            ],
            verifier.Requests.Skip(2).Select(request => request.Text));
    }

    [Theory]
    [InlineData("certify", "evaluate", "seven")]
    [InlineData("certify", "refuse", "7")]
    [InlineData("certify", "appeal", "DEMO-1", "--summary", "x")]
    [InlineData("certify", "appeal", "DEMO-1", "--application", "--decision", "1", "--summary", "x")]
    [InlineData("certify", "apply", "--build", "B", "--body", "b", "--scheme", "demo", "--level", "high", "--summary", "x", "--answer", "demo/D-1=perhaps")]
    [InlineData("case", "decide", "4", "--outcome", "upheld")]
    [InlineData("case", "show")]
    public async Task What_a_command_lacks_is_wrong_usage(params string[] words)
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync([.. words, "--server", verifier.Url])).Ended(2);

        Assert.Empty(verifier.Requests);
    }
}
