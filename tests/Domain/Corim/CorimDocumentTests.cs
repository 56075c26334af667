using System.Text.Json;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Corim.Documents;
using IotAttest.Protocol;
using IotAttest.Support;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>Documents of other tools, read as draft-ietf-rats-corim-11 says.</summary>
public sealed class CorimDocumentTests
{
    // Internal representations are no wire formats and header maps belong to COSE; a single CoTL has no CoRIM around it.
    private static readonly string[] NoDocuments = ["intrep-", "protected-header-map-"];

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void Every_CoMID_CoRIM_and_CoTL_of_the_draft_decodes()
    {
        string[] files = [.. Directory.GetFiles(SharedData.PathOf("vectors/ietf-corim"), "*.cbor").Where(IsDocument)];

        Assert.All(files, file => Assert.True(CorimDocumentReader.TryReadAnyProfile(File.ReadAllBytes(file), out _, out CorimError? error), $"{file}: {error}"));
        Assert.Equal(28, files.Length);
    }

    [RequiresSharedDataFact("vectors/veraison-corim")]
    public void Every_CoMID_of_another_implementation_decodes()
    {
        string[] files =
        [
            .. Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim/comid"), "*.cbor", SearchOption.AllDirectories),
            .. Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim/profiles/tdx"), "*.cbor", SearchOption.AllDirectories),
        ];

        Assert.All(files, file => Assert.True(CorimDocumentReader.TryRead(File.ReadAllBytes(file), out _, out CorimError? error), $"{file}: {error}"));
        Assert.Equal(22, files.Length);
    }

    [RequiresSharedDataTheory("vectors/veraison-corim")]
    [InlineData("cca-platform-valid", DecodeStatus.Ok)]
    [InlineData("cca-realm-valid", DecodeStatus.Ok)]
    [InlineData("cca-platform-invalid-digests", DecodeStatus.OutOfRange)]
    [InlineData("cca-platform-invalid-impl-id", DecodeStatus.OutOfRange)]
    [InlineData("cca-realm-invalid-missing-rim", DecodeStatus.Missing)]
    [InlineData("cca-realm-invalid-rim-size", DecodeStatus.OutOfRange)]
    public void A_file_of_a_known_profile_is_refused_when_it_breaks_its_rules(string name, DecodeStatus expected)
    {
        bool isRead = CorimDocumentReader.TryRead(Load($"veraison-corim/profiles/cca/testcases/{name}.cbor"), out CorimDocument? document, out CorimError? error);

        Assert.True((error?.Status ?? DecodeStatus.Ok) == expected, error?.ToString());
        Assert.Equal(expected == DecodeStatus.Ok, isRead && document!.IsProfileKnown);
    }

    [RequiresSharedDataFact("vectors/veraison-corim")]
    public void Concise_evidence_is_no_CoRIM()
    {
        string[] files = Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim/coev"), "*.cbor", SearchOption.AllDirectories);

        Assert.All(files, file =>
        {
            Assert.False(CorimDocumentReader.TryReadAnyProfile(File.ReadAllBytes(file), out _, out CorimError? error));
            Assert.Equal(DecodeStatus.WrongTag, error.Status);
        });
        Assert.Equal(6, files.Length);
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void Draft_11_an_unknown_profile_rejects_the_whole_file()
    {
        byte[] file = Load("ietf-corim/corim-design-cd.cbor");

        Assert.False(CorimDocumentReader.TryRead(file, out _, out CorimError? error));
        Assert.True(CorimDocumentReader.TryReadAnyProfile(file, out CorimDocument? shown, out _));

        Assert.Equal((DecodeStatus.UnknownProfile, "oid:6086480186f84d010f06"), (error.Status, error.Seen));
        Assert.False(shown.IsProfileKnown);
        Assert.Equal("https://rims.example.com/path/to/file_adkfhaeria-dfka_efkj.rim", Assert.Single(shown.DependentRims));
    }

    [RequiresSharedDataTheory("vectors/ietf-corim")]
    [InlineData("comid-flags", "\"flags\":{\"configured\":true,\"secure\":true,\"recovery\":true,\"debug\":false")]
    [InlineData("comid-raw-value", "\"rawValue\":\"12340000\",\"rawMask\":\"ffff0000\"")]
    [InlineData("comid-integrity-registers", "\"algorithm\":\"my-alg-id\",\"value\":\"fefefafa\"")]
    [InlineData("comid-series", "\"name\":\"CVE_WARNING\"")]
    [InlineData("comid-cend", "\"conditional\":[{\"conditions\":[{\"environment\":{\"classId\":{\"kind\":\"oid\",\"text\":\"2.5.2.8192\"}")]
    [InlineData("comid-7", "\"range\":{\"minimum\":1,\"maximum\":null}")]
    [InlineData("comid-psa-endval", "\"others\":{\"100\":\"75")]
    [InlineData("comid-psa-refval", "\"algorithm\":\"sha-256\"")]
    [InlineData("comid-trust-dep", "\"dependency\":[{\"subject\":{\"classId\":{\"kind\":\"oid\",\"text\":\"0.6.7.81.123.1.15.98.1\"}")]
    [InlineData("comid-opaque-instance-id", "\"instance\":{\"kind\":\"bytes\",\"text\":\"9f71ec4d")]
    [InlineData("comid-5", "\"attestKey\":[{\"environment\"")]
    [InlineData("cotl-1", "\"tagVersion\":5}")]
    [InlineData("comid-3", "\"key\":{\"kind\":\"uint\",\"text\":\"700\"}")]
    public void What_a_document_says_is_kept(string name, string expected)
    {
        Assert.True(CorimDocumentReader.TryReadAnyProfile(Load($"ietf-corim/{name}.cbor"), out CorimDocument? document, out CorimError? error), error?.ToString());

        Assert.Contains(expected, JsonSerializer.Serialize(document, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void Every_truncation_and_every_changed_byte_gives_a_document_or_a_status()
    {
        string[] files =
        [
            .. Directory.GetFiles(SharedData.PathOf("vectors/ietf-corim"), "*.cbor"),
            .. Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim"), "*.cbor", SearchOption.AllDirectories),
        ];
        foreach (byte[] file in files.Select(File.ReadAllBytes))
        {
            for (int length = 0; length < file.Length; length++)
            {
                Assert.False(CorimDocumentReader.TryReadAnyProfile(file.AsMemory(0, length), out _, out CorimError? error) || error is null);
            }

            for (int position = 0; position < file.Length; position++)
            {
                byte[] changed = [.. file];
                changed[position] ^= 0x81;
                Assert.Equal(CorimDocumentReader.TryReadAnyProfile(changed, out _, out CorimError? error), error is null);
            }
        }
    }

    [Fact]
    public void The_own_manifest_is_a_document_of_the_draft()
    {
        Assert.True(CorimDocumentReader.TryRead(BuildManifestWriter.EncodeBody(CorimSamples.Manifest), out CorimDocument? document, out CorimError? error), error?.ToString());

        ComidTriples triples = Assert.Single(document.Comids).Triples;
        Assert.Equal(CorimSamples.ClassId.ToString("D"), Assert.Single(triples.Reference).Environment.ClassId!.Text);
        Assert.Equal(["bootloader", "clr", "deployment", "partitions"], triples.Reference[0].Measurements.Select(measurement => measurement.Key!.Text));
        Assert.Equal("197ab8", triples.Endorsed[0].Measurements[2].Values.Others[CorimProfile.MvalSize]);
        Assert.Equal(3UL, triples.Endorsed[0].Measurements[0].Values.SecurityVersion);
    }

    [Fact]
    public void Digests_name_an_algorithm_once_by_number_or_by_name()
    {
        AssertMval(DecodeStatus.Duplicate, writer => WriteDigests(writer, (1, 32), ("sha-256", 32)));
        AssertMval(DecodeStatus.Duplicate, writer => WriteDigests(writer, (99, 3), (99, 4)));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteDigests(writer, (1, 31)));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteDigests(writer, ("sha-384", 47)));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteDigests(writer));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteDigests(writer, (99, 0)));
        AssertMval(DecodeStatus.Ok, writer => WriteDigests(writer, (1, 32), (7, 48), (8, 64), (6, 4), ("other", 1)));
    }

    [Fact]
    public void Values_at_and_past_their_bounds()
    {
        AssertMval(DecodeStatus.Missing, writer => WriteMval(writer, []));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteMval(writer, [(6, w => w.WriteByteString(new byte[7]))]));
        AssertMval(DecodeStatus.Ok, writer => WriteMval(writer, [(6, w => w.WriteByteString(new byte[8])), (7, w => w.WriteByteString(new byte[16]))]));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteMval(writer, [(9, w => w.WriteByteString(new byte[6]))]));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteMval(writer, [(10, w => w.WriteByteString(new byte[15]))]));
        AssertMval(DecodeStatus.WrongTag, writer => WriteMval(writer, [(1, w => Tagged(w, 554, 3))]));
        AssertMval(DecodeStatus.Ok, writer => WriteMval(writer, [(1, w => Tagged(w, 553, 3))]));
        AssertMval(DecodeStatus.Ok, writer => WriteMval(writer, [(1, w => w.WriteInt32(3)), (15, w => w.WriteInt32(-3)), (-70000, w => w.WriteNull())]));
        AssertMval(DecodeStatus.WrongTag, writer => WriteMval(writer, [(4, w => w.WriteByteString([1]))]));
        AssertMval(DecodeStatus.OutOfRange, writer => WriteMval(writer, [(5, w => w.WriteByteString([1]))]));
    }

    [Fact]
    public void A_small_file_cannot_become_many_objects()
    {
        // Each measurement is an entry of the list, its map has one and its values have one; nine more lead there.
        const int Most = (DocumentCursor.MaxEntries - 9) / 3;

        AssertMeasurements(DecodeStatus.Ok, Most);
        AssertMeasurements(DecodeStatus.OutOfRange, Most + 1);
    }

    private static void AssertMeasurements(DecodeStatus expected, int count)
    {
        byte[] one = [0xa1, 0x01, 0xa1, 0x0b, 0x60];
        byte[] head = [0x99, (byte)(count >> 8), (byte)count];
        byte[] comid = [0xa2, 0x01, 0xa1, 0x00, 0x61, 0x61, 0x04, 0xa1, 0x00, 0x81, 0x82, 0xa1, 0x00, 0xa1, 0x01, 0x61, 0x61, .. head, .. Enumerable.Repeat(one, count).SelectMany(bytes => bytes)];

        CorimDocumentReader.TryReadAnyProfile(comid, out _, out CorimError? error);

        Assert.True((error?.Status ?? DecodeStatus.Ok) == expected, error?.ToString());
    }

    private static void AssertMval(DecodeStatus expected, Action<CborWriter> writeMval)
    {
        byte[] comid =
        [
            0xa2, 0x01, 0xa1, 0x00, 0x61, 0x61, 0x04, 0xa1, 0x00, 0x81, 0x82, 0xa1, 0x00, 0xa1, 0x01, 0x61, 0x61, 0x81, 0xa1, 0x01,
            .. DeterministicCbor.Encode(writeMval),
        ];

        CorimDocumentReader.TryReadAnyProfile(comid, out _, out CorimError? error);

        Assert.True((error?.Status ?? DecodeStatus.Ok) == expected, error?.ToString());
    }

    private static void WriteMval(CborWriter writer, (int Key, Action<CborWriter> Write)[] values)
    {
        writer.WriteStartMap(values.Length);
        foreach ((int key, Action<CborWriter> write) in values)
        {
            writer.WriteInt32(key);
            write(writer);
        }

        writer.WriteEndMap();
    }

    private static void WriteDigests(CborWriter writer, params (object Algorithm, int Length)[] digests) => WriteMval(writer, [(2, values =>
    {
        values.WriteStartArray(digests.Length);
        foreach ((object algorithm, int length) in digests)
        {
            values.WriteStartArray(2);
            if (algorithm is string name)
            {
                values.WriteTextString(name);
            }
            else
            {
                values.WriteInt32((int)algorithm);
            }

            values.WriteByteString(new byte[length]);
            values.WriteEndArray();
        }

        values.WriteEndArray();
    })]);

    private static void Tagged(CborWriter writer, int tag, int value)
    {
        writer.WriteTag((System.Formats.Cbor.CborTag)tag);
        writer.WriteInt32(value);
    }

    private static bool IsDocument(string file) => !NoDocuments.Any(start => Path.GetFileName(file).StartsWith(start, StringComparison.Ordinal));

    private static byte[] Load(string path) => File.ReadAllBytes(SharedData.PathOf($"vectors/{path}"));
}
