using System.Text;
using IotAttest.Cli.Tests.Talking;

namespace IotAttest.Cli.Tests.Advisory;

public sealed class AdvisoryCommandTests : IDisposable
{
    private const string Vex = """
        {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://maker.example/vex/1","author":"Fictitious Maker","timestamp":"2026-11-03T00:00:00Z","version":1,
         "statements":[{"vulnerability":{"name":"CVE-2099-0001"},"products":[{"@id":"pkg:generic/libfiction@2.0"}],"status":"fixed"}]}
        """;

    private const string Answer = """
        {"advisory":{"id":"vex-1","status":"in-force","version":"1"},"vulnerabilities":[{"id":"CVE-2099-0001","severity":"unknown","title":"","remediation":""}],
         "builds":[{"build":"b-1","manufacturer":"acme","version":"1.0.0","vulnerability":"CVE-2099-0001","status":"fixed","standing":"fixed","level":"component","component":null}],
         "needsPerson":[{"build":"b-2","version":"1.1.0","vulnerability":"CVE-2099-0001","status":"affected","why":"a range"}],"unidentified":["thing"]}
        """;

    private const string Incident = """
        {"id":"inc-1","kind":"exploited-vulnerability","status":"open","clocks":[{"name":"early-warning","anchor":"24 hours after awareness","dueAt":"2026-11-23T12:00:00Z","metAt":null,"overdue":false}],"steps":[]}
        """;

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_document_travels_as_it_is_and_builds_and_doubts_are_shown()
    {
        using StubVerifier verifier = new(_ => (201, Answer));
        File.WriteAllText(_line.PathOf("vex.json"), Vex);

        CommandResult result = (await _line.RunAsync("advisory", "import", "@vex.json", "--embargo-until", "2026-12-01", "--server", verifier.Url, "--token", "t")).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(("POST /v1/advisories?embargoUntil=2026-12-01", "application/json"), (request.Line, request.ContentType));
        Assert.Equal(Vex, Encoding.UTF8.GetString(request.Body));
        Assert.Contains("b-1", result.Out, StringComparison.Ordinal);
        Assert.Contains("somebody has to look", result.Error, StringComparison.Ordinal);
        Assert.Contains("thing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_advisory_is_refused_without_asking_anybody()
    {
        using StubVerifier verifier = new(_ => (201, "{}"));
        File.WriteAllText(_line.PathOf("vex.json"), Vex.Replace("fixed", "done", StringComparison.Ordinal));

        CommandResult result = (await _line.RunAsync("advisory", "import", "@vex.json", "--server", verifier.Url)).Ended(1);

        Assert.Contains("statements[0].status", result.Error, StringComparison.Ordinal);
        Assert.Empty(verifier.Requests);
    }

    [Theory]
    [InlineData("GET /v1/advisories?limit=1000&build=b-1", "advisory", "list", "--build", "b-1")]
    [InlineData("GET /v1/advisories/A%2F1?revision=2", "advisory", "show", "A/1", "--revision", "2")]
    [InlineData("GET /v1/advisories/A/adoption", "advisory", "adoption", "A")]
    [InlineData("GET /v1/incidents?limit=1000", "advisory", "incident", "list")]
    [InlineData("GET /v1/incidents/inc-1", "advisory", "incident", "show", "inc-1")]
    [InlineData("GET /v1/incidents/inc-1/export", "advisory", "incident", "export", "inc-1")]
    [InlineData("POST /v1/advisories/A/exploited", "advisory", "incident", "exploited", "A", "--reason", "seen")]
    [InlineData("POST /v1/incidents", "advisory", "incident", "severe", "--title", "t", "--reason", "seen")]
    [InlineData("POST /v1/incidents/inc-1/steps", "advisory", "incident", "record", "inc-1", "notification", "--reason", "sent", "--at", "2026-11-22")]
    public async Task Each_command_asks_its_route_and_prints_json_on_demand(string line, params string[] command)
    {
        using StubVerifier verifier = new(_ => (200, Incident));

        CommandResult result = (await _line.RunAsync([.. command, "--json", "--server", verifier.Url, "--token", "t"])).Ended(0);
        (await _line.RunAsync([.. command, "--server", verifier.Url, "--token", "t"])).Ended(0);

        Assert.Equal([line, line], verifier.Requests.Select(request => request.Line));
        Assert.Equal("inc-1", result.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Clocks_are_a_table_and_an_unknown_step_is_wrong_usage()
    {
        using StubVerifier verifier = new(_ => (200, Incident));

        CommandResult shown = (await _line.RunAsync("advisory", "incident", "show", "inc-1", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("advisory", "incident", "record", "inc-1", "sent", "--reason", "x", "--server", verifier.Url)).Ended(2);

        Assert.Contains("2026-11-23T12:00:00Z", shown.Out, StringComparison.Ordinal);
    }
}
