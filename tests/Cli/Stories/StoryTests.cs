using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Tests.Hosting;
using IotAttest.Domain.Corim;
using Microsoft.Data.Sqlite;

namespace IotAttest.Cli.Tests.Stories;

/// <summary>certification.md section 6: what of the stories is done with the command line.</summary>
public sealed class StoryTests
{
    private const string Sbom = """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"libfiction","version":"2.0","purl":"pkg:generic/libfiction@2.0"}]}""";

    /// <summary>Checkpoint, inclusion proof and a changed row, checked from files while no verifier runs.</summary>
    [Fact]
    public async Task Story_03_Nothing_can_be_rewritten_and_the_tool_shows_it_offline()
    {
        using CommandLine line = new();
        using (ServedVerifier verifier = await StartAsync(line))
        {
            (await line.RunAsync(["build", "submit", "@b.corim", "--server", Url(verifier), "--token-file", "@acme.token"])).Ended(0);
            (await line.RunAsync(["log", "checkpoint", "--out", "@kept.json", .. Server(verifier)])).Ended(0);
            (await line.RunAsync(["log", "fetch", "--out", "@log.jsonl", .. Server(verifier)])).Ended(0);
            using HttpClient client = new() { BaseAddress = verifier.Http };
            line.Write("keys.json", await client.GetStringAsync(new Uri("/v1/keys", UriKind.Relative)));
            string id = JsonElement.Parse(await client.GetStringAsync(new Uri("/v1/builds", UriKind.Relative))).GetProperty("builds")[0].GetProperty("id").GetString()!;
            line.Write("receipt.cose", await client.GetByteArrayAsync(new Uri($"/v1/builds/{id}/receipt", UriKind.Relative)));
            await verifier.Process.TerminateAsync();
        }

        CommandResult log = (await line.RunAsync("log", "verify", "--entries", "@log.jsonl", "--checkpoint", "@kept.json", "--key", "@keys.json")).Ended(0);
        CommandResult receipt = (await line.RunAsync("verify", "receipt", "@receipt.cose", "--statement", "@b.corim", "--key", "@keys.json")).Ended(0);
        Change(line, "UPDATE build_events SET decided_by = 'somebody else'");
        CommandResult changed = (await line.RunAsync("log", "verify", "--data", "@data", "--checkpoint", "@kept.json")).Ended(1);

        Assert.Contains("signature: holds", log.Out, StringComparison.Ordinal);
        Assert.Contains("receipt: holds", receipt.Out, StringComparison.Ordinal);
        Assert.Contains("entry 4", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Story_07_Submit_a_build_from_CI()
    {
        using CommandLine line = new();
        line.Write("sbom.json", Sbom);
        using ServedVerifier verifier = await StartAsync(line, "--sbom", "@sbom.json");

        // Twice on the same files, a day apart: the same body, byte for byte.
        line.Clock.Advance(TimeSpan.FromDays(1));
        (await line.RunAsync(ProductFiles.ManifestLine("@again.corim", more: ["--sbom", "@sbom.json"]))).Ended(0);
        SignedCorim first = Read(line, "b.corim");
        Assert.Equal(Convert.ToHexString(first.Body.Span), Convert.ToHexString(Read(line, "again.corim").Body.Span));
        Assert.Contains(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(line.PathOf("sbom.json")))), Convert.ToHexString(first.Body.Span), StringComparison.Ordinal);

        // Accepted only with the bill of materials that it names; a part in a critical advisory is a warning, not a refusal.
        CommandResult submitted = (await line.RunAsync("build", "submit", "@b.corim", "--server", Url(verifier), "--token-file", "@acme.token", "--json")).Ended(0);
        string id = submitted.Json.GetProperty("id").GetString()!;
        line.Write("other.json", Sbom.Replace("2.0", "2.1", StringComparison.Ordinal));
        CommandResult refused = (await line.RunAsync("build", "sbom", "submit", id, "@other.json", "--server", Url(verifier), "--token-file", "@acme.token")).Ended(1);
        line.Write("advisory.json", Advisory);
        (await line.RunAsync(["advisory", "import", "@advisory.json", .. Server(verifier)])).Ended(0);
        CommandResult warned = (await line.RunAsync("build", "sbom", "submit", id, "@sbom.json", "--server", Url(verifier), "--token-file", "@acme.token")).Ended(0);

        Assert.Contains("422", refused.Error, StringComparison.Ordinal);
        Assert.Contains("FICTION-2099-0001", warned.Out + warned.Error, StringComparison.Ordinal);
    }

    // About a vulnerability and a library that do not exist.
    private const string Advisory = """
        {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"Fictitious: overflow in libfiction","publisher":{"category":"vendor","name":"Fictitious Vendor","namespace":"https://vendor.example"},
        "tracking":{"id":"FICTION-2099-0001","status":"final","version":"1","initial_release_date":"2026-11-20T00:00:00Z","current_release_date":"2026-11-20T00:00:00Z","revision_history":[{"number":"1","date":"2026-11-20T00:00:00Z","summary":"x"}]}},
        "product_tree":{"full_product_names":[{"name":"libfiction","product_id":"P0","product_identification_helper":{"purl":"pkg:generic/libfiction@2.0"}}]},
        "vulnerabilities":[{"cve":"CVE-2099-0001","scores":[{"products":["P0"],"cvss_v3":{"baseScore":9.8}}],"product_status":{"known_affected":["P0"]}}]}
        """;

    private static async Task<ServedVerifier> StartAsync(CommandLine line, params string[] more)
    {
        ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        await ProductFiles.MakeAsync(line);
        (await line.RunAsync(ProductFiles.ManifestLine(more: more))).Ended(0);
        (await line.RunAsync(["org", "add", "--name", "acme", "--role", "manufacturer", "--key", "@acme.pub.pem", "--token-out", "@acme.token", .. Server(verifier)])).Ended(0);
        return verifier;
    }

    private static SignedCorim Read(CommandLine line, string name)
    {
        Assert.True(SignedCorim.TryDecode(File.ReadAllBytes(line.PathOf(name)), out SignedCorim? signed, out CorimError? error), error?.ToString());
        return signed;
    }

    private static void Change(CommandLine line, string statement)
    {
        using SqliteConnection connection = new($"Data Source={line.PathOf("data/iotattest.db")};Pooling=False");
        connection.Open();
        foreach (string text in (string[])["DROP TRIGGER IF EXISTS build_events_stay", statement])
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }

    private static string Url(ServedVerifier verifier) => verifier.Http.GetLeftPart(UriPartial.Authority);

    private static string[] Server(ServedVerifier verifier) => ["--server", Url(verifier), "--token-file", verifier.TokenFile];
}
