using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Tests.Making;

public sealed class BuildManifestTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData(ProductFiles.Esp32)]
    [InlineData(ProductFiles.Stm32)]
    public async Task The_digests_are_those_of_whole_regions_with_their_erased_tails(string board)
    {
        await ProductFiles.MakeAsync(_line, board);

        CommandResult made = (await _line.RunAsync(ProductFiles.ManifestLine(board: board, more: "--json"))).Ended(0);

        Assert.True(BoardJson.TryRead(File.ReadAllText(_line.PathOf("my-board.json")), out BoardDescription? description, out _));
        byte[] whole = RegionLayout.FullBytes(description.Find("deployment")!, File.ReadAllBytes(_line.PathOf("deploy.bin")));
        JsonElement deployment = made.Json.GetProperty("components").EnumerateArray().Single(component => component.GetProperty("name").GetString() == "deployment");
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(whole))}", deployment.GetProperty("digest").GetString());
        Assert.Equal(description.Class, made.Json.GetProperty("class").GetGuid());
        Assert.Equal(["Sample.Sensor", "Sample.Thermostat"], made.Json.GetProperty("assemblies").EnumerateArray().Select(assembly => assembly.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_body()
    {
        await ProductFiles.MakeAsync(_line);

        (await _line.RunAsync(ProductFiles.ManifestLine("@one.corim"))).Ended(0);
        (await _line.RunAsync(ProductFiles.ManifestLine("@two.corim"))).Ended(0);

        Assert.Equal(BodyOf("one.corim"), BodyOf("two.corim"));
        Assert.NotEqual(File.ReadAllBytes(_line.PathOf("one.corim")), File.ReadAllBytes(_line.PathOf("two.corim")));
    }

    [Fact]
    public async Task A_self_reported_board_is_certified_by_its_inventory_alone()
    {
        await ProductFiles.MakeAsync(_line);
        File.WriteAllText(_line.PathOf("inventory.txt"), "assembly=Sample.Thermostat,1.2.0.0\nfirmware=1.17.11\n");
        string[] line = ["build", "manifest", "--board", "@my-board.json", "--version", "1.2.0", "--security-version", "3", "--key", "@acme.pem", "--issuer", "acme", "--out", "@inventory.corim", "--json"];

        CommandResult made = (await _line.RunAsync([.. line, "--image", "inventory=@inventory.txt"])).Ended(0);
        CommandResult mixed = await _line.RunAsync([.. line, "--image", "inventory=@inventory.txt", "--image", "clr=@inventory.txt"]);

        JsonElement only = Assert.Single(made.Json.GetProperty("components").EnumerateArray());
        Assert.Equal("inventory", only.GetProperty("name").GetString());
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_line.PathOf("inventory.txt"))))}", only.GetProperty("digest").GetString());
        Assert.Equal(2, mixed.ExitCode);
    }

    [Fact]
    public async Task The_table_shows_region_offset_size_file_and_digest()
    {
        await ProductFiles.MakeAsync(_line);

        CommandResult made = (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);

        string row = made.Out.Split('\n').Single(text => text.Contains("0x250000", StringComparison.Ordinal));
        Assert.Contains("deployment", row, StringComparison.Ordinal);
        Assert.Contains("0x170000", row, StringComparison.Ordinal);
        Assert.Contains(_line.PathOf("deploy.bin"), row, StringComparison.Ordinal);
        Assert.Contains("sha256:", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_end_up_in_the_manifest()
    {
        await ProductFiles.MakeAsync(_line);
        string sbom = _line.Write("sbom.json", "{}");

        (await _line.RunAsync(ProductFiles.ManifestLine(more:
            ["--sbom", sbom, "--product", "Thermostat T1", "--not-before", "2026-11-22T00:00:00+01:00", "--not-after", "2028-01-31", "--class", "3a027440-72b9-4f97-9da0-8c5b58d2cd3b"]))).Ended(0);
        JsonElement manifest = (await _line.RunAsync("build", "inspect", "@b.corim", "--json")).Ended(0).Json;

        Assert.Equal(Sha256Digest.Of("{}"u8).ToString(), manifest.GetProperty("sbom").GetString());
        Assert.Equal("Thermostat T1", manifest.GetProperty("product").GetString());
        Assert.Equal("2026-11-21T23:00:00Z", manifest.GetProperty("notBefore").GetString());
        Assert.Equal("2028-01-31T23:59:59Z", manifest.GetProperty("notAfter").GetString());
        Assert.Equal("3a027440-72b9-4f97-9da0-8c5b58d2cd3b", manifest.GetProperty("class").GetString());
    }

    [Fact]
    public async Task A_template_without_a_class_says_how_to_get_one()
    {
        await ProductFiles.MakeAsync(_line);
        string[] words = ProductFiles.ManifestLine();
        words[3] = ProductFiles.Hardware($"{ProductFiles.Esp32}/board.json");

        CommandResult result = (await _line.RunAsync(words)).Ended(2);

        Assert.Contains("iotattest board new-class", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_line.PathOf("b.corim")));
    }

    [Theory]
    [InlineData("deploy.bin", 0x40, "deployment")]
    [InlineData("clr.bin", 40, "clr")]
    [InlineData("table.bin", 5, "partitions")]
    public async Task A_file_that_is_damaged_is_named_with_its_region(string file, int offset, string region)
    {
        await ProductFiles.MakeAsync(_line);
        byte[] damaged = File.ReadAllBytes(_line.PathOf(file));
        damaged[offset] ^= 1;
        _line.Write(file, damaged);

        CommandResult result = (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(1);

        Assert.Contains(region, result.Error, StringComparison.Ordinal);
        Assert.Contains(_line.PathOf(file), result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nvs=@clr.bin", 1, "nvs")]
    [InlineData("clr=@clr.bin", 2, "twice")]
    [InlineData("clr", 2, "REGION=FILE")]
    [InlineData("=@clr.bin", 2, "REGION=FILE")]
    [InlineData("nvs=@none.bin", 2, "none.bin")]
    public async Task An_image_too_many_or_misspelt_is_refused(string image, int exitCode, string named)
    {
        await ProductFiles.MakeAsync(_line);

        CommandResult result = (await _line.RunAsync(ProductFiles.ManifestLine(more: ["--image", image]))).Ended(exitCode);

        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_image_is_named()
    {
        await ProductFiles.MakeAsync(_line);
        List<string> words = [.. ProductFiles.ManifestLine()];
        words.RemoveRange(words.IndexOf("clr=@clr.bin") - 1, 2);

        CommandResult result = (await _line.RunAsync([.. words])).Ended(1);

        Assert.Contains("--image clr=FILE", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--not-before", "2026-01-01")]
    [InlineData("--not-after", "2026-02-30")]
    [InlineData("--not-after", "2026-02-03T10:00:00")]
    [InlineData("--class", "no-uuid")]
    [InlineData("--product", "\u001b[2J")]
    public async Task A_value_that_cannot_stand_in_a_manifest_is_wrong_usage(string option, string value)
    {
        await ProductFiles.MakeAsync(_line);

        CommandResult result = (await _line.RunAsync(ProductFiles.ManifestLine(more: [option, value]))).Ended(2);

        Assert.DoesNotContain('\u001b', result.Error);
        Assert.False(File.Exists(_line.PathOf("b.corim")));
    }

    [Theory]
    [InlineData("@acme.pub.pem", "public key")]
    [InlineData("@deploy.bin", "deploy.bin")]
    [InlineData("@none.pem", "none.pem")]
    public async Task A_file_that_is_no_private_key_is_wrong_usage(string key, string named)
    {
        await ProductFiles.MakeAsync(_line);
        string[] words = ProductFiles.ManifestLine();
        words[Array.IndexOf(words, "--key") + 1] = key;

        CommandResult result = await _line.RunAsync(words);

        Assert.InRange(result.ExitCode, 1, 2);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_names_version_region_and_assembly()
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine("@new.corim"))).Ended(0);
        _line.Write("deploy.bin", ProductFiles.Deployment("1.1.0.0"));
        string[] words = ProductFiles.ManifestLine("@old.corim");
        words[Array.IndexOf(words, "--version") + 1] = "1.1.0";
        (await _line.RunAsync(words)).Ended(0);

        JsonElement diff = (await _line.RunAsync("build", "diff", "@old.corim", "@new.corim", "--json")).Ended(0).Json;
        CommandResult table = (await _line.RunAsync("build", "diff", "@old.corim", "@new.corim", "--exit-code")).Ended(1);
        (await _line.RunAsync("build", "diff", "@old.corim", "@old.corim", "--exit-code")).Ended(0);

        Assert.Equal(["version", "deployment", "Sample.Thermostat"], diff.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("name").GetString()));
        Assert.Contains("1.1.0", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_says_that_it_did_not_check_the_signature()
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);

        CommandResult result = (await _line.RunAsync("build", "inspect", "@b.corim")).Ended(0);

        Assert.Contains("not checked", result.Error, StringComparison.Ordinal);
        Assert.Contains("Sample.Thermostat", result.Out, StringComparison.Ordinal);
        Assert.Contains("1.2.0", result.Out, StringComparison.Ordinal);
    }

    private byte[] BodyOf(string name)
    {
        Assert.True(SignedCorim.TryDecode(File.ReadAllBytes(_line.PathOf(name)), out SignedCorim? signed, out CorimError? error), error?.ToString());
        return signed.Body.ToArray();
    }
}
