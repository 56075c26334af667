using IotAttest.Cli.Tests.Talking;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Tests.Builds;

/// <summary>What <c>build</c> sends about builds that exist, and how it compares and shows them.</summary>
public sealed class BuildLifeTests : IDisposable
{
    private const string OldSbom = """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"mbedtls","version":"3.5.2"},{"name":"lwip","version":"2.1.3"}]}""";
    private const string NewSbom = """{"spdxVersion":"SPDX-2.3","packages":[{"name":"mbedtls","versionInfo":"3.6.0"},{"name":"littlefs","versionInfo":"2.9"}]}""";

    private readonly CommandLine _line = new();
    private readonly Guid _build = Guid.NewGuid();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Retiring_sends_the_reason()
    {
        using StubVerifier verifier = new(_ => (200, "{}"));

        (await _line.RunAsync("build", "retire", _build.ToString(), "--reason", "recalled", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("build", "retire", _build.ToString(), "--server", verifier.Url)).Ended(2);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(($"POST /v1/builds/{_build:D}/retire", """{"reason":"recalled"}"""), (request.Line, request.Text));
    }

    [Fact]
    public async Task A_minimum_is_raised_with_a_reason_and_shown_without_options()
    {
        using StubVerifier verifier = new(_ => (200, """{"history":[{"manufacturer":"acme","minimumSecurityVersion":3,"at":"2026-11-22T12:00:00Z","decidedBy":"acme","reason":"closed"}]}"""));
        string path = $"/v1/classes/{_build:D}/minimum-security-version";

        (await _line.RunAsync("build", "minimum", _build.ToString(), "--security-version", "3", "--reason", "closed", "--server", verifier.Url)).Ended(0);
        CommandResult shown = (await _line.RunAsync("build", "minimum", _build.ToString(), "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("build", "minimum", _build.ToString(), "--security-version", "3", "--server", verifier.Url)).Ended(2);

        Assert.Equal([$"POST {path}", $"GET {path}"], verifier.Requests.Select(request => request.Line));
        Assert.Equal("""{"version":3,"reason":"closed","manufacturer":null}""", verifier.Requests[0].Text);
        Assert.Matches("acme +3 +2026-11-22T12:00:00Z +acme +closed", shown.Out);
    }

    [Fact]
    public async Task A_search_asks_for_name_version_and_status()
    {
        using StubVerifier verifier = new(_ => (200, """{"matches":[{"build":"b1","manufacturer":"acme","buildVersion":"1.0.0","status":"covered","name":"mbed tls","version":null}],"isComplete":false}"""));

        CommandResult result = (await _line.RunAsync("build", "search", "--component", "mbed tls", "--below", "3.6.0", "--status", "covered", "--server", verifier.Url)).Ended(0);

        Assert.Equal("GET /v1/builds?component=mbed%20tls&below=3.6.0&status=covered", Assert.Single(verifier.Requests).Line);
        Assert.Matches("b1 +acme +1.0.0 +covered +mbed tls +-", result.Out);
        Assert.Contains("there are more", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_of_materials_is_checked_before_it_is_sent()
    {
        using StubVerifier verifier = new(_ => (201, "{}"));
        string sbom = _line.Write("sbom.json", OldSbom);

        (await _line.RunAsync("build", "sbom", "submit", _build.ToString(), sbom, "--server", verifier.Url)).Ended(0);
        CommandResult refused = (await _line.RunAsync("build", "sbom", "submit", _build.ToString(), _line.Write("no.json", "{}"), "--server", verifier.Url)).Ended(1);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal(($"POST /v1/builds/{_build:D}/sbom", OldSbom), (request.Line, request.Text));
        Assert.Contains("CycloneDX", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_names_components_added_removed_and_changed()
    {
        await MakeBuildsAsync();

        CommandResult result = (await _line.RunAsync("build", "diff", "@old.corim", "@new.corim", "--sbom-a", "@old.json", "--sbom-b", "@new.json", "--json")).Ended(0);

        string[] components = [.. result.Json.GetProperty("changes").EnumerateArray()
            .Where(change => change.GetProperty("what").GetString() == "component")
            .Select(change => $"{change.GetProperty("name").GetString()}: {change.GetProperty("before").GetString()} -> {change.GetProperty("after").GetString()}")];
        Assert.Equal(["littlefs:  -> 2.9", "lwip: 2.1.3 -> ", "mbedtls: 3.5.2 -> 3.6.0"], components);
    }

    [Fact]
    public async Task A_diff_takes_only_the_bills_of_materials_that_the_manifests_name()
    {
        await MakeBuildsAsync();

        CommandResult swapped = (await _line.RunAsync("build", "diff", "@old.corim", "@new.corim", "--sbom-a", "@new.json", "--sbom-b", "@old.json")).Ended(1);
        (await _line.RunAsync("build", "diff", "@old.corim", "@new.corim", "--sbom-a", "@old.json")).Ended(2);

        Assert.Contains(Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(OldSbom)).ToString(), swapped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_of_materials_that_cannot_be_indexed_is_said_when_the_manifest_is_made()
    {
        await ProductFiles.MakeAsync(_line);

        CommandResult odd = (await _line.RunAsync(ProductFiles.ManifestLine(more: ["--sbom", _line.Write("odd.json", "{}")]))).Ended(0);
        CommandResult good = (await _line.RunAsync(ProductFiles.ManifestLine("@good.corim", more: ["--sbom", _line.Write("good.json", OldSbom)]))).Ended(0);

        Assert.Contains("warning: the bill of materials cannot be indexed", odd.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", good.Error, StringComparison.Ordinal);
    }

    private async Task MakeBuildsAsync()
    {
        await ProductFiles.MakeAsync(_line);
        _line.Write("old.json", OldSbom);
        _line.Write("new.json", NewSbom);
        (await _line.RunAsync(ProductFiles.ManifestLine("@old.corim", more: ["--sbom", "@old.json"]))).Ended(0);
        (await _line.RunAsync(ProductFiles.ManifestLine("@new.corim", more: ["--sbom", "@new.json"]))).Ended(0);
    }
}
