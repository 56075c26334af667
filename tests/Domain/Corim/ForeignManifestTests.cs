using System.Formats.Cbor;
using IotAttest.Domain.Corim;
using IotAttest.Support;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>CoRIMs without a profile as reference values: what is taken, what is ignored and said, what is refused.</summary>
public sealed class ForeignManifestTests
{
    private static readonly ImportTerms Terms = new(null, "2.0.0", 4);

    [Fact]
    public void A_file_without_a_profile_gives_class_components_and_digests()
    {
        SignedCorim signed = CorimSamples.SignedBody(Corim(_ => { }));

        Assert.True(ForeignManifest.IsImport(signed));
        Assert.True(ForeignManifest.TryRead(signed, Terms, out ForeignManifest? read, out CorimError? error), error?.ToString());

        Assert.Empty(read.Ignored);
        Assert.Equal((CorimSamples.ClassId, CorimSamples.Issuer, "2.0.0", 4UL), (read.Manifest.ClassId, read.Manifest.Issuer, read.Manifest.Version, read.Manifest.SecurityVersion));
        Assert.Equal([CorimSamples.Component("clr", 3), CorimSamples.Component("deployment", 4)], read.Manifest.Components);
    }

    [Fact]
    public void A_manifest_of_the_profile_is_no_import()
    {
        using System.Security.Cryptography.ECDsa key = CorimSamples.NewKey();
        Assert.True(SignedCorim.TryDecode(CorimSamples.Signed(CorimSamples.Manifest, key), out SignedCorim? signed, out _));

        Assert.False(ForeignManifest.IsImport(signed));
    }

    [Fact]
    public void Another_profile_is_no_import_and_is_refused()
    {
        SignedCorim signed = CorimSamples.SignedBody(Corim(sample => sample.Profile = true));

        Assert.False(ForeignManifest.IsImport(signed));
        Assert.Equal("corim/profile", Refused(signed).Path);
    }

    [Fact]
    public void What_adds_nothing_to_a_digest_is_ignored_and_said()
    {
        SignedCorim signed = CorimSamples.SignedBody(Corim(sample =>
        {
            sample.Vendor = true;
            sample.OtherDigest = true;
            sample.Value = CorimProfile.MvalVersion;
            sample.OtherTriples = true;
        }));

        Assert.True(ForeignManifest.TryRead(signed, Terms, out ForeignManifest? read, out CorimError? error), error?.ToString());

        Assert.Equal(4, read.Ignored.Count);
        Assert.Equal(2, read.Manifest.Components.Count);
    }

    [Theory]
    [InlineData(111UL, 5, false)]
    [InlineData(111UL, 16, false)]
    [InlineData(560UL, 15, false)]
    [InlineData(560UL, 16, true)]
    [InlineData(560UL, 17, false)]
    [InlineData(37UL, 16, true)]
    public void A_class_id_of_sixteen_bytes_is_the_class_and_any_other_needs_one_at_submission(ulong tag, int length, bool isClass)
    {
        SignedCorim signed = CorimSamples.SignedBody(Corim(sample => (sample.ClassTag, sample.ClassId) = (tag, [.. Enumerable.Repeat((byte)7, length)])));

        Assert.Equal(isClass, ForeignManifest.TryRead(signed, Terms, out _, out _));
        Assert.True(ForeignManifest.TryRead(signed, Terms with { ClassId = CorimSamples.ClassId }, out ForeignManifest? read, out CorimError? error), error?.ToString());
        Assert.Equal(CorimSamples.ClassId, read.Manifest.ClassId);
        Assert.Contains("stands for class", Assert.Single(read.Ignored), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(-1)]
    public void A_value_that_boards_do_not_measure_is_refused(int value) =>
        Assert.Equal("measurement/mval", Refused(CorimSamples.SignedBody(Corim(sample => sample.Value = value))).Path);

    [Fact]
    public void What_narrows_the_values_and_cannot_be_mapped_is_refused()
    {
        Assert.Equal("measurement", Refused(CorimSamples.SignedBody(Corim(sample => sample.AuthorizedBy = true))).Path);
        Assert.Equal("comid/triples/reference", Refused(CorimSamples.SignedBody(Corim(sample => sample.Records = 2))).Path);
        Assert.Equal("comid/triples/reference/environment", Refused(CorimSamples.SignedBody(Corim(sample => sample.Instance = true))).Path);
        Assert.Equal("measurement", Refused(CorimSamples.SignedBody(Corim(sample => sample.HasDigest = false))).Path);
        Assert.Equal("measurement/mval/digests", Refused(CorimSamples.SignedBody(Corim(sample => sample.DigestTwice = true))).Path);
        Assert.Equal("triples/reference", Refused(CorimSamples.SignedBody(Corim(sample => sample.Name = "flash"))).Path);
        Assert.Equal("triples/reference", Refused(CorimSamples.SignedBody(Corim(sample => sample.Name = "deployment"))).Path);
    }

    [Fact]
    public void Every_truncation_is_refused_without_an_exception()
    {
        byte[] body = Corim(_ => { });
        for (int length = 1; length < body.Length; length++)
        {
            ForeignManifestReader reader = new(Terms, CorimSamples.Issuer);
            Assert.Null(reader.Read(body.AsMemory(0, length)));
            Assert.NotNull(reader.Error);
        }
    }

    [RequiresSharedDataTheory("vectors/ietf-corim")]
    [InlineData("ietf-corim/corim-1.cbor")]
    [InlineData("ietf-corim/corim-2.cbor")]
    [InlineData("ietf-corim/corim-design-cd.cbor")]
    [InlineData("ietf-corim/corim-firmware-cd.cbor")]
    [InlineData("ietf-corim/payload-corim-4.cbor")]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-platform-valid.cbor")]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-realm-valid.cbor")]
    public void Files_of_others_that_describe_other_things_are_refused_with_a_reason(string path)
    {
        ForeignManifestReader reader = new(Terms, CorimSamples.Issuer);

        Assert.True(reader.Read(File.ReadAllBytes(SharedData.PathOf($"vectors/{path}"))) is null, "taken");
        Assert.NotEmpty(reader.Error!.Expected);
    }

    private static CorimError Refused(SignedCorim signed)
    {
        Assert.False(ForeignManifest.TryRead(signed, Terms, out _, out CorimError? error));
        return error;
    }

    private static byte[] Corim(Action<Sample> change)
    {
        Sample sample = new();
        change(sample);
        CborWriter comid = new(CborConformanceMode.Lax);
        WriteComid(comid, sample);
        CborWriter writer = new(CborConformanceMode.Lax);
        writer.WriteTag((CborTag)CorimProfile.CorimTag);
        writer.WriteStartMap(sample.Profile ? 3 : 2);
        writer.WriteInt32(CorimProfile.Id);
        writer.WriteTextString("any text");
        writer.WriteInt32(CorimProfile.Tags);
        writer.WriteStartArray(1);
        writer.WriteTag((CborTag)CorimProfile.ComidTag);
        writer.WriteByteString(comid.Encode());
        writer.WriteEndArray();
        if (sample.Profile)
        {
            writer.WriteInt32(CorimProfile.Profile);
            writer.WriteTag((CborTag)CorimProfile.UriTag);
            writer.WriteTextString("http://example.com/profile");
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void WriteComid(CborWriter writer, Sample sample)
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(CorimProfile.TagIdentity);
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        writer.WriteTextString("tag");
        writer.WriteEndMap();
        writer.WriteInt32(CorimProfile.Triples);
        writer.WriteStartMap(sample.OtherTriples ? 2 : 1);
        writer.WriteInt32(CorimProfile.ReferenceTriples);
        writer.WriteStartArray(sample.Records);
        for (int i = 0; i < sample.Records; i++)
        {
            WriteRecord(writer, sample);
        }

        writer.WriteEndArray();
        if (sample.OtherTriples)
        {
            writer.WriteInt32(3);
            writer.WriteStartArray(1);
            writer.WriteNull();
            writer.WriteEndArray();
        }

        writer.WriteEndMap();
        writer.WriteEndMap();
    }

    private static void WriteRecord(CborWriter writer, Sample sample)
    {
        writer.WriteStartArray(2);
        writer.WriteStartMap(sample.Instance ? 2 : 1);
        writer.WriteInt32(0);
        writer.WriteStartMap(sample.Vendor ? 2 : 1);
        writer.WriteInt32(0);
        writer.WriteTag((CborTag)sample.ClassTag);
        writer.WriteByteString(sample.ClassId);
        if (sample.Vendor)
        {
            writer.WriteInt32(1);
            writer.WriteTextString("ACME");
        }

        writer.WriteEndMap();
        if (sample.Instance)
        {
            writer.WriteInt32(1);
            writer.WriteByteString([1]);
        }

        writer.WriteEndMap();
        writer.WriteStartArray(2);
        WriteMeasurement(writer, sample, sample.Name, 3);
        WriteMeasurement(writer, new Sample(), "deployment", 4);
        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static void WriteMeasurement(CborWriter writer, Sample sample, string name, byte seed)
    {
        writer.WriteStartMap(sample.AuthorizedBy ? 3 : 2);
        writer.WriteInt32(0);
        writer.WriteTextString(name);
        writer.WriteInt32(1);
        writer.WriteStartMap((sample.HasDigest ? 1 : 0) + (sample.Value is null ? 0 : 1));
        if (sample.HasDigest)
        {
            WriteDigests(writer, sample, seed);
        }

        if (sample.Value is { } value)
        {
            writer.WriteInt32(value);
            writer.WriteNull();
        }

        writer.WriteEndMap();
        if (sample.AuthorizedBy)
        {
            writer.WriteInt32(2);
            writer.WriteNull();
        }

        writer.WriteEndMap();
    }

    private static void WriteDigests(CborWriter writer, Sample sample, byte seed)
    {
        writer.WriteInt32(CorimProfile.MvalDigests);
        writer.WriteStartArray(1 + (sample.OtherDigest ? 1 : 0) + (sample.DigestTwice ? 1 : 0));
        WriteDigest(writer, () => writer.WriteInt32(1), CorimSamples.Digest(seed).ToBytes());
        if (sample.OtherDigest)
        {
            WriteDigest(writer, () => writer.WriteInt32(7), new byte[48]);
        }

        // The same algorithm by its name: no way around the rule that each stands once.
        if (sample.DigestTwice)
        {
            WriteDigest(writer, () => writer.WriteTextString("sha-256"), CorimSamples.Digest(99).ToBytes());
        }

        writer.WriteEndArray();
    }

    private static void WriteDigest(CborWriter writer, Action algorithm, byte[] value)
    {
        writer.WriteStartArray(2);
        algorithm();
        writer.WriteByteString(value);
        writer.WriteEndArray();
    }

    private sealed class Sample
    {
        public bool Profile { get; set; }

        public bool Vendor { get; set; }

        public bool Instance { get; set; }

        public bool OtherTriples { get; set; }

        public bool OtherDigest { get; set; }

        public bool DigestTwice { get; set; }

        public bool HasDigest { get; set; } = true;

        public bool AuthorizedBy { get; set; }

        public int Records { get; set; } = 1;

        public int? Value { get; set; }

        public string Name { get; set; } = "clr";

        public ulong ClassTag { get; set; } = CorimProfile.UuidTag;

        public byte[] ClassId { get; set; } = CorimSamples.ClassId.ToByteArray(bigEndian: true);
    }
}
