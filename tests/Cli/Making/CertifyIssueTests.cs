using System.Text.Json;

namespace IotAttest.Cli.Tests.Making;

public sealed class CertifyIssueTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task From_key_to_certificate_everything_holds()
    {
        await MakeManifestAsync();

        (await _line.RunAsync(ProductFiles.CertificateLine("--manufacturer-key", "@acme.pub.pem", "--from", "2026-11-22"))).Ended(0);

        (await _line.RunAsync("verify", "manifest", "@b.corim", "--key", "@acme.pub.pem")).Ended(0);
        CommandResult checkedIt = (await _line.RunAsync("verify", "certificate", "@c.corim", "--key", "@body.pub.pem", "--manifest", "@b.corim", "--json")).Ended(0);
        JsonElement content = checkedIt.Json.GetProperty("content");
        Assert.Equal("holds", checkedIt.Json.GetProperty("signature").GetString());
        Assert.Equal("DEMO-1", content.GetProperty("id").GetString());
        Assert.Equal("2026-11-22T00:00:00Z", content.GetProperty("validFrom").GetString());
        Assert.Equal("2028-11-22T23:59:59Z", content.GetProperty("validUntil").GetString());
    }

    [Fact]
    public async Task Without_the_manufacturers_key_it_warns()
    {
        await MakeManifestAsync();

        CommandResult result = (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);

        Assert.Contains("warning: the manufacturer's signature", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_manufacturers_key_nothing_is_issued()
    {
        await MakeManifestAsync();

        CommandResult result = (await _line.RunAsync(ProductFiles.CertificateLine("--manufacturer-key", "@body.pub.pem"))).Ended(1);

        Assert.Contains("signature", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_line.PathOf("c.corim")));
    }

    [Theory]
    [InlineData("2028-11-22", "2028-11-23")]
    public async Task An_end_before_the_start_is_wrong_usage(string until, string from)
    {
        await MakeManifestAsync();
        string[] words = ProductFiles.CertificateLine("--from", from);
        words[Array.IndexOf(words, "--until") + 1] = until;

        (await _line.RunAsync(words)).Ended(2);
    }

    [Fact]
    public async Task A_certificate_is_no_manifest()
    {
        await MakeManifestAsync();
        (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);
        string[] words = ProductFiles.CertificateLine();
        words[Array.IndexOf(words, "--manifest") + 1] = "@c.corim";

        (await _line.RunAsync(words)).Ended(1);
    }

    private async Task MakeManifestAsync()
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
    }
}
