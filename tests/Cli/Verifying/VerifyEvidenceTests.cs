using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Verifying;

public sealed class VerifyEvidenceTests : IDisposable
{
    private static readonly JsonElement Vectors = JsonElement.Parse(File.ReadAllBytes(SharedData.OwnVector("evidence/manifest.json")));

    private readonly CommandLine _line = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> AcceptedVectors => [.. Vectors.GetProperty("vectors").EnumerateArray().Where(vector => Text(vector, "expect") == "accept").Select(vector => Text(vector, "name"))];

    public static TheoryData<string> RefusedVectors => [.. Vectors.GetProperty("vectors").EnumerateArray().Where(vector => Text(vector, "expect") != "accept").Select(vector => Text(vector, "name"))];

    public void Dispose()
    {
        _key.Dispose();
        _line.Dispose();
    }

    [Theory]
    [MemberData(nameof(AcceptedVectors))]
    public async Task Evidence_of_the_vectors_holds_under_its_key(string name)
    {
        string key = Text(Vectors.GetProperty("vectors").EnumerateArray().Single(vector => Text(vector, "name") == name), "key");

        CommandResult result = (await _line.RunAsync("verify", "evidence", SharedData.OwnVector($"evidence/{name}.cbor"), "--key", WriteVectorKey(key), "--json")).Ended(0);

        Assert.Equal("holds", result.Json.GetProperty("signature").GetString());
    }

    [Theory]
    [MemberData(nameof(RefusedVectors))]
    public async Task Evidence_that_the_vectors_refuse_does_not_hold_and_its_part_is_named(string name)
    {
        CommandResult result = (await _line.RunAsync("verify", "evidence", SharedData.OwnVector($"evidence/{name}.cbor"), "--json")).Ended(1);

        Assert.False(result.Json.GetProperty("holds").GetBoolean());
        Assert.NotNull(result.Json.GetProperty("failures")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("missing-nonce", "eat_nonce (10)")]
    [InlineData("missing-measurements", "measurements (273)")]
    [InlineData("missing-uptime", "uptime (261)")]
    [InlineData("nonce-31-bytes", "eat_nonce (10)")]
    [InlineData("ueid-type-02", "ueid (256)")]
    [InlineData("dbgstat-5", "dbgstat (263)")]
    [InlineData("profile-other", "eat_profile (265)")]
    [InlineData("bootseed-15-bytes", "bootseed (268)")]
    [InlineData("component-digest-31", "measurements (273)")]
    [InlineData("swname-empty", "swname (270)")]
    public async Task The_failing_claim_is_named(string name, string claim)
    {
        CommandResult result = (await _line.RunAsync("verify", "evidence", SharedData.OwnVector($"evidence/{name}.cbor"))).Ended(1);

        Assert.Contains($"claims/{claim}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mac_by_another_key_does_not_hold()
    {
        CommandResult result = (await _line.RunAsync(
            "verify", "evidence", SharedData.OwnVector("evidence/unauthentic-mac-other-key.cbor"), "--key", WriteVectorKey("hmac"))).Ended(1);

        Assert.Contains("signature: does not hold", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_id_that_belongs_to_another_ueid_does_not_hold()
    {
        CommandResult result = (await _line.RunAsync("verify", "evidence", SharedData.OwnVector("evidence/misidentified-ueid-of-another.cbor"))).Ended(1);

        Assert.Contains("kid:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_ends_with_1_and_says_that_authenticity_was_not_checked()
    {
        await WriteEvidenceAsync();

        CommandResult result = (await _line.RunAsync("verify", "evidence", "@e.cbor")).Ended(1);

        Assert.Contains("signature: NOT CHECKED", result.Out, StringComparison.Ordinal);
        Assert.Contains("evidence: decodes; authenticity was not checked: pass --key", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsigned_is_an_explicit_word_and_it_says_so()
    {
        await WriteEvidenceAsync();

        CommandResult result = (await _line.RunAsync("verify", "evidence", "@e.cbor", "--unsigned")).Ended(0);

        Assert.Contains("authenticity was not checked (--unsigned)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_a_malformed_envelope_is_not_called_a_missing_key()
    {
        string evidence = _line.Write("e.cbor", [0xD1, 0x84, 0x40]);

        CommandResult result = (await _line.RunAsync("verify", "evidence", evidence, "--key", WriteKey())).Ended(1);

        Assert.Contains("signature: not reached: the envelope is malformed", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT CHECKED", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_claims_that_do_not_hold_have_a_signature_nonetheless()
    {
        CommandResult result = (await _line.RunAsync(
            "verify", "evidence", SharedData.OwnVector("evidence/missing-nonce.cbor"), "--key", WriteVectorKey("hmac"))).Ended(1);

        Assert.Contains("signature: holds", result.Out, StringComparison.Ordinal);
        Assert.Contains("evidence: does not hold", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unauthentic-mac-other-key", "es256", "an HMAC key")]
    [InlineData("", "hmac", "a P-256 public key")]
    public async Task A_key_of_another_kind_is_called_that(string vector, string key, string needed)
    {
        await WriteEvidenceAsync();
        string evidence = vector.Length == 0 ? "@e.cbor" : SharedData.OwnVector($"evidence/{vector}.cbor");

        CommandResult result = (await _line.RunAsync("verify", "evidence", evidence, "--key", key == "hmac" ? WriteVectorKey(key) : WriteKey())).Ended(1);

        Assert.Contains($"the key is of another kind ({needed} is needed)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_of_the_certified_build_matches_component_by_component()
    {
        await WriteEvidenceAsync();

        CommandResult result = (await _line.RunAsync("verify", "evidence", "@e.cbor", "--key", WriteKey(), "--manifest", "@b.corim", "--json")).Ended(0);

        Assert.All(result.Json.GetProperty("content").GetProperty("comparison").EnumerateArray(), component => Assert.True(component.GetProperty("matches").GetBoolean()));
    }

    [Fact]
    public async Task A_component_that_drifted_is_named()
    {
        await WriteEvidenceAsync(drifted: "deployment");

        CommandResult result = (await _line.RunAsync("verify", "evidence", "@e.cbor", "--key", WriteKey(), "--manifest", "@b.corim")).Ended(1);

        Assert.Contains("components/deployment", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("components/clr", result.Error, StringComparison.Ordinal);
        Assert.Contains("signature: holds", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_is_missing_is_named()
    {
        await WriteEvidenceAsync(left: "clr");

        CommandResult result = (await _line.RunAsync("verify", "evidence", "@e.cbor", "--manifest", "@b.corim")).Ended(1);

        Assert.Contains("components/clr: seen no such component", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_byte_or_another_key_does_not_hold()
    {
        await WriteEvidenceAsync();
        byte[] changed = File.ReadAllBytes(_line.PathOf("e.cbor"));
        changed[^1] ^= 1;
        _line.Write("changed.cbor", changed);

        (await _line.RunAsync("verify", "evidence", "@changed.cbor", "--key", WriteKey())).Ended(1);
        CommandResult other = (await _line.RunAsync("verify", "evidence", "@e.cbor", "--key", "@acme.pub.pem")).Ended(1);

        Assert.Contains("signature", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_key_is_wrong_usage()
    {
        await WriteEvidenceAsync();

        (await _line.RunAsync("verify", "evidence", "@e.cbor", "--key", _line.Write("no.key", "abc"))).Ended(2);
    }

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private string WriteKey() => _line.Write("device.pub.pem", _key.ExportSubjectPublicKeyInfoPem());

    private string WriteVectorKey(string name)
    {
        JsonElement key = Vectors.GetProperty("keys").GetProperty(name);
        if (name == "hmac")
        {
            return _line.Write("hmac.hex", Text(key, "k") + "\n");
        }

        string x = System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(Text(key, "x")));
        string y = System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(Text(key, "y")));
        return _line.Write("jwks.json", $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}]}""");
    }

    private async Task WriteEvidenceAsync(string? drifted = null, string? left = null)
    {
        await ProductFiles.MakeAsync(_line);
        (await _line.RunAsync(ProductFiles.ManifestLine())).Ended(0);
        Assert.True(SignedCorim.TryDecode(File.ReadAllBytes(_line.PathOf("b.corim")), out SignedCorim? signed, out _));
        Assert.True(BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out _));
        EvidenceClaims claims = new()
        {
            Nonce = new byte[32],
            Ueid = [1, .. new byte[16]],
            OemId = 32473,
            HardwareModel = manifest.ClassId.ToByteArray(bigEndian: true),
            BootSeed = new byte[16],
            SoftwareName = "Thermostat",
        };
        foreach (ComponentDigest component in manifest.Components.Where(component => component.Name != left))
        {
            Assert.True(claims.AddComponent(component.Name, component.Name == drifted ? new byte[32] : component.Digest.ToBytes()));
        }

        EvidenceWriter writer = new();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, new DeviceAuthenticator(_key)));
        _line.Write("e.cbor", writer.Buffer.AsSpan(0, writer.Length));
    }
}
