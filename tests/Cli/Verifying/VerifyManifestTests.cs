namespace IotAttest.Cli.Tests.Verifying;

public sealed class VerifyManifestTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Without_a_key_it_does_not_end_with_0_unless_unsigned_is_what_was_asked_for()
    {
        await MakeAsync();
        (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);

        CommandResult open = (await _line.RunAsync("verify", "manifest", "@b.corim", "--json")).Ended(1);
        CommandResult unsigned = (await _line.RunAsync("verify", "manifest", "@b.corim", "--unsigned", "--json")).Ended(0);

        Assert.False(open.Json.GetProperty("holds").GetBoolean());
        Assert.Equal("decodes; authenticity was not checked: pass --key", open.Json.GetProperty("verdict").GetString());
        Assert.Equal("not checked", unsigned.Json.GetProperty("signature").GetString());
        (await _line.RunAsync("verify", "certificate", "@c.corim")).Ended(1);
        (await _line.RunAsync("verify", "certificate", "@c.corim", "--unsigned")).Ended(0);
    }

    [Fact]
    public async Task A_key_and_unsigned_together_are_wrong_usage()
    {
        await MakeAsync();

        (await _line.RunAsync("verify", "manifest", "@b.corim", "--key", "@acme.pub.pem", "--unsigned")).Ended(2);
    }

    [Fact]
    public async Task An_hmac_key_is_named_as_the_wrong_kind()
    {
        await MakeAsync();

        CommandResult result = (await _line.RunAsync("verify", "manifest", "@b.corim", "--key", _line.Write("h.hex", new string('5', 64)))).Ended(1);

        Assert.Contains("the key is of another kind (a P-256 public key is needed)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_signature_is_told_from_another_signer()
    {
        await MakeAsync();
        byte[] changed = File.ReadAllBytes(_line.PathOf("b.corim"));
        changed[^1] ^= 1;
        _line.Write("changed.corim", changed);

        CommandResult tampered = (await _line.RunAsync("verify", "manifest", "@changed.corim", "--key", "@acme.pub.pem")).Ended(1);
        CommandResult other = (await _line.RunAsync("verify", "manifest", "@b.corim", "--key", "@body.pub.pem")).Ended(1);

        Assert.Contains("changed after it was signed", tampered.Error, StringComparison.Ordinal);
        Assert.Contains("pass the key that signed", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-31", 1)]
    [InlineData("2027-01-01", 0)]
    [InlineData("2027-06-30T23:59:59Z", 0)]
    [InlineData("2027-07-01", 1)]
    public async Task It_holds_within_its_validity_and_not_outside(string at, int exitCode)
    {
        await MakeAsync("--not-before", "2027-01-01", "--not-after", "2027-06-30");

        CommandResult result = (await _line.RunAsync("verify", "manifest", "@b.corim", "--key", "@acme.pub.pem", "--at", at)).Ended(exitCode);

        Assert.Equal(exitCode == 1, result.Error.Contains("corim/rim-validity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_of_another_manifest_does_not_cover()
    {
        await MakeAsync();
        (await _line.RunAsync(ProductFiles.CertificateLine())).Ended(0);
        await MakeAgainAsync();

        CommandResult result = (await _line.RunAsync("verify", "certificate", "@c.corim", "--key", "@body.pub.pem", "--manifest", "@b.corim")).Ended(1);

        Assert.Contains("manifest: seen sha256:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_byte_that_is_changed_is_noticed_when_the_key_is_given()
    {
        await MakeAsync();
        byte[] whole = File.ReadAllBytes(_line.PathOf("b.corim"));

        for (int index = 0; index < whole.Length; index += 11)
        {
            byte[] changed = [.. whole];
            changed[index] ^= 0x10;
            (await _line.RunAsync("verify", "manifest", _line.Write("changed.corim", changed), "--key", "@acme.pub.pem")).Ended(1);
        }
    }

    private async Task MakeAsync(params string[] more)
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine(more: more))).Ended(0);
    }

    private async Task MakeAgainAsync() => (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
}
