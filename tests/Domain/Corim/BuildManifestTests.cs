using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using IotAttest.Support;
using static IotAttest.Domain.Tests.Corim.CorimSamples;

namespace IotAttest.Domain.Tests.Corim;

public sealed class BuildManifestTests
{
    [Fact]
    public void A_signed_manifest_comes_back_whole()
    {
        using ECDsa key = NewKey();
        BuildManifest sent = Manifest with { NotBefore = DateTimeOffset.UnixEpoch, NotAfter = DateTimeOffset.UnixEpoch.AddYears(80) };
        byte[] file = Signed(sent, key);

        Assert.True(SignedCorim.TryDecode(file, out SignedCorim? signed, out _));
        Assert.True(BuildManifestReader.TryRead(signed, out BuildManifest? read, out CorimError? error), error?.ToString());

        Assert.True(signed.Verify(key));
        Assert.Equal((Issuer, "Thermostat T1 1.2.0", Kid.OfKey(key), CoseAlgorithm.Es256), (signed.Issuer, signed.Subject, signed.Kid, signed.Algorithm));
        Assert.Equal(Sha256Digest.Of(file), signed.Sha256);
        Assert.Equal(BuildManifestWriter.EncodeBody(sent), BuildManifestWriter.EncodeBody(read));
        Assert.Equal(sent.Components.OrderBy(component => component.Name, StringComparer.Ordinal), read.Components);
        Assert.Equal(sent.Assemblies, read.Assemblies);
        Assert.Equal(sent with { Components = read.Components, Assemblies = read.Assemblies }, read);
    }

    [Fact]
    public void The_body_is_the_golden_one()
    {
        string golden = File.ReadAllText(Path.Combine(SharedData.Repository, "tests", "Domain", "Corim", "build-manifest.hex")).Trim();

        Assert.Equal(golden, Convert.ToHexStringLower(BuildManifestWriter.EncodeBody(Manifest)));
        Assert.Equal(golden, Convert.ToHexStringLower(BuildManifestWriter.EncodeBody(Manifest with { Components = [.. Manifest.Components.Reverse()] })));
    }

    [Fact]
    public void The_id_follows_from_the_content()
    {
        Assert.Equal(Manifest.CorimId, (Manifest with { Components = [.. Manifest.Components.Reverse()] }).CorimId);
        Assert.NotEqual(Manifest.CorimId, (Manifest with { Version = "1.2.1" }).CorimId);
        Assert.NotEqual(Manifest.CorimId, (Manifest with { Issuer = "other" }).CorimId);
        Assert.Equal(8, Manifest.CorimId.Version);
        Assert.Equal(0b10, Manifest.CorimId.Variant >> 2);
    }

    [Fact]
    public void The_set_of_assemblies_is_named_whatever_their_order()
    {
        Assert.Equal(Manifest.AssembliesHash, (Manifest with { Assemblies = [.. Manifest.Assemblies.Reverse()] }).AssembliesHash);
        Assert.NotEqual(Manifest.AssembliesHash, (Manifest with { Assemblies = [Manifest.Assemblies[0]] }).AssembliesHash);
        Assert.NotEqual(Manifest.AssembliesHash, (Manifest with { Assemblies = [Manifest.Assemblies[0], Manifest.Assemblies[1] with { Digest = Digest(9) }] }).AssembliesHash);
        Assert.Null((Manifest with { Assemblies = [] }).AssembliesHash);
    }

    [Fact]
    public void The_class_stands_in_network_byte_order()
    {
        byte[] body = BuildManifestWriter.EncodeBody(Manifest);

        Assert.True(body.AsSpan().IndexOf(Convert.FromHexString("d825503a02744072b94f979da08c5b58d2cd3b")) > 0);
    }

    [Fact]
    public void A_minimal_manifest_has_no_validity_and_one_endorsed_measurement()
    {
        BuildManifest minimal = new(ClassId, Issuer, "1", 0, [Component("inventory", 1)], []);

        Assert.True(BuildManifestReader.TryRead(SignedBody(BuildManifestWriter.EncodeBody(minimal)), out BuildManifest? read, out _));
        Assert.Null(read.NotAfter);
        Assert.Null(read.Sbom);
        Assert.Empty(read.Assemblies);
        Assert.Equal(0UL, read.SecurityVersion);
    }

    [Fact]
    public void A_signature_of_another_key_or_over_other_bytes_does_not_hold()
    {
        using ECDsa key = NewKey();
        using ECDsa other = NewKey();
        byte[] file = Signed(Manifest, key);
        byte[] changed = [.. file];
        changed[^1] ^= 1;

        Assert.True(SignedCorim.TryDecode(file, out SignedCorim? signed, out _));
        Assert.True(SignedCorim.TryDecode(changed, out SignedCorim? tampered, out _));

        Assert.False(signed.Verify(other));
        Assert.False(tampered.Verify(key));
    }

    [Fact]
    public void Every_truncation_of_the_file_and_of_the_body_is_refused()
    {
        using ECDsa key = NewKey();
        byte[] file = Signed(Manifest, key);
        byte[] body = BuildManifestWriter.EncodeBody(Manifest);

        for (int length = 0; length < file.Length; length++)
        {
            Assert.False(SignedCorim.TryDecode(file.AsMemory(0, length), out _, out CorimError? error));
            Assert.True(error.Status is DecodeStatus.Truncated or DecodeStatus.WrongTag, error.ToString());
        }

        for (int length = 0; length < body.Length; length++)
        {
            Assert.False(SignedCorim.TryDecode(BuildManifestWriter.Sign(body.AsMemory(0, length), Issuer, "x", key), out _, out _));
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_body_is_refused_or_gives_another_id()
    {
        byte[] body = BuildManifestWriter.EncodeBody(Manifest);
        using ECDsa key = NewKey();
        for (int position = 0; position < body.Length; position++)
        {
            byte[] changed = [.. body];
            changed[position] ^= 0x01;
            bool read = SignedCorim.TryDecode(BuildManifestWriter.Sign(changed, Issuer, "x", key), out SignedCorim? signed, out _)
                && BuildManifestReader.TryRead(signed, out _, out _);

            // The id is a digest over everything else, so no single change fits.
            Assert.False(read, $"byte {position}");
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_file_is_refused_or_breaks_the_signature()
    {
        using ECDsa key = NewKey();
        byte[] file = Signed(Manifest, key);
        for (int position = 0; position < file.Length; position++)
        {
            byte[] changed = [.. file];
            changed[position] ^= 0x41;

            Assert.False(SignedCorim.TryDecode(changed, out SignedCorim? signed, out _) && signed.Verify(key), $"byte {position}");
        }
    }

    [Fact]
    public void Rules_of_the_profile_hold_for_writers()
    {
        AssertRefused(Manifest with { Components = [] }, DecodeStatus.OutOfRange);
        AssertRefused(Manifest with { Components = [Component("clr", 1), Component("clr", 2)] }, DecodeStatus.Duplicate);
        AssertRefused(Manifest with { Components = [Component("kernel", 1)] }, DecodeStatus.NotAllowed);
        AssertRefused(Manifest with { Issuer = "" }, DecodeStatus.OutOfRange);
        AssertRefused(Manifest with { Issuer = new string('a', 129) }, DecodeStatus.OutOfRange);
        AssertRefused(Manifest with { Version = "1\u001b[2J" }, DecodeStatus.InvalidText);
        AssertRefused(Manifest with { ProductName = "T1\u202e" }, DecodeStatus.InvalidText);
        AssertRefused(Manifest with { Assemblies = [Manifest.Assemblies[0], Manifest.Assemblies[0]] }, DecodeStatus.Duplicate);
        AssertRefused(Manifest with { NotBefore = DateTimeOffset.UnixEpoch }, DecodeStatus.Missing);
        AssertRefused(Manifest with { NotAfter = DateTimeOffset.UnixEpoch.AddTicks(1) }, DecodeStatus.OutOfRange);
        AssertRefused(Manifest with { NotAfter = DateTimeOffset.UnixEpoch.AddSeconds(-1) }, DecodeStatus.OutOfRange);
    }

    [Fact]
    public void Texts_of_128_bytes_pass() =>
        Assert.NotEmpty(BuildManifestWriter.EncodeBody(Manifest with { Issuer = new string('a', 128), Assemblies = [Manifest.Assemblies[0] with { Name = new string('n', 125) }] }));

    [Fact]
    public void Assemblies_up_to_256_pass()
    {
        AssemblyEntry[] many = [.. Enumerable.Range(0, 257).Select(i => new AssemblyEntry($"a{i}", "1", 1, Digest(1)))];

        Assert.True(BuildManifestReader.TryRead(SignedBody(BuildManifestWriter.EncodeBody(Manifest with { Assemblies = many[..256] })), out _, out _));
        AssertRefused(Manifest with { Assemblies = many }, DecodeStatus.OutOfRange);
    }

    private static void AssertRefused(BuildManifest manifest, DecodeStatus expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => BuildManifestWriter.EncodeBody(manifest));

        Assert.Contains($"({expected})", exception.Message, StringComparison.Ordinal);
    }
}
