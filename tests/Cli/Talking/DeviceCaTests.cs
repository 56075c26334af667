namespace IotAttest.Cli.Tests.Talking;

public sealed class DeviceCaTests : IDisposable
{
    private const string Root = """{"id":"aa11","organisation":"acme","pem":"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----","evidenceStrength":"native","oemid":null,"crls":[{"issuerKey":"bb22","number":"7","thisUpdate":"2026-11-22T12:00:00Z","nextUpdate":"2026-12-22T12:00:00Z","revoked":3}]}""";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Roots_and_their_revocation_lists_are_listed_for_people_and_for_programs()
    {
        using StubVerifier verifier = new(_ => (200, $$"""{"cas":[{{Root}}]}"""));

        CommandResult people = (await _line.RunAsync("device", "ca", "list", "--organisation", "acme", "--server", verifier.Url)).Ended(0);
        CommandResult program = (await _line.RunAsync("device", "ca", "list", "--organisation", "acme", "--json", "--server", verifier.Url)).Ended(0);

        Assert.Contains("evidenceStrength  native", people.Out, StringComparison.Ordinal);
        Assert.Contains("bb22", people.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN", people.Out, StringComparison.Ordinal);
        Assert.Contains("BEGIN", program.Json.GetProperty("cas")[0].GetProperty("pem").GetString(), StringComparison.Ordinal);
    }
}
