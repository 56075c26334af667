using IotAttest.Cli.Tests.Hosting;

namespace IotAttest.Cli.Tests.Certify;

/// <summary>The guide for certification bodies, typed against a running verifier.</summary>
public sealed class CertifyLifeTests
{
    [Fact]
    public async Task From_issue_to_revocation_by_two_persons()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        string[] server = ["--server", verifier.Http.ToString(), "--token-file"];
        await ProductFiles.MakeAsync(line);
        (await line.RunAsync(["org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@acme.pub.pem", "--token-out", "@acme.token", .. server, verifier.TokenFile])).Ended(0);
        (await line.RunAsync(["org", "add", "--name", "demo-cb", "--role", "body", "--key", "@body.pub.pem", "--token-out", "@body.token", .. server, verifier.TokenFile])).Ended(0);
        (await line.RunAsync(["org", "token", "--name", "demo-cb", "--person", "ann", "--token-out", "@ann.token", .. server, verifier.TokenFile])).Ended(0);
        (await line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
        (await line.RunAsync(ProductFiles.CertificateLine("--patch-policy", "assessedProcess:30"))).Ended(0);
        (await line.RunAsync(["build", "submit", "@b.corim", .. server, "@acme.token"])).Ended(0);
        (await line.RunAsync(["certify", "submit", "@c.corim", .. server, "@body.token"])).Ended(0);

        CommandResult suspended = (await line.RunAsync(["certify", "suspend", "DEMO-1", "--reason", "flaw", "--action", "mend it", "--json", .. server, "@ann.token"])).Ended(0);
        CommandResult tooSoon = (await line.RunAsync(["certify", "resume", "DEMO-1", "--reason", "x", .. server, "@ann.token"])).Ended(1);
        (await line.RunAsync(["certify", "resume", "DEMO-1", "--reason", "mended", "--actions-verified", .. server, "@ann.token"])).Ended(0);
        CommandResult proposed = (await line.RunAsync(["certify", "revoke", "DEMO-1", "--reason", "fraud", "--json", .. server, "@ann.token"])).Ended(0);
        string number = proposed.Json.GetProperty("proposal").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await line.RunAsync(["certify", "confirm", "DEMO-1", "--proposal", number, .. server, "@ann.token"])).Ended(1);
        CommandResult revoked = (await line.RunAsync(["certify", "confirm", "DEMO-1", "--proposal", number, "--json", .. server, "@body.token"])).Ended(0);

        Assert.Equal("Suspended", suspended.Json.GetProperty("status").GetString());
        Assert.Single(tooSoon.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("--actions-verified", tooSoon.Error, StringComparison.Ordinal);
        Assert.Equal("Revoked", revoked.Json.GetProperty("status").GetString());
    }
}
