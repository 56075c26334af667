using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>Files of other tools through the structure reader.</summary>
public sealed class ForeignCorimTests
{
    [RequiresSharedDataTheory("vectors/ietf-corim")]
    [InlineData("ietf-corim/corim-1.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/corim-2.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/corim-design-cd.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/corim-firmware-cd.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/corim-roles.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/payload-corim-4.cbor", DecodeStatus.Ok)]
    [InlineData("ietf-corim/comid-1.cbor", DecodeStatus.WrongTag)]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-realm-valid.cbor", DecodeStatus.Ok)]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-platform-valid.cbor", DecodeStatus.Ok)]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-realm-invalid-missing-rim.cbor", DecodeStatus.Ok)]
    [InlineData("veraison-corim/profiles/cca/testcases/cca-platform-invalid-impl-id.cbor", DecodeStatus.Ok)]
    public void Unsigned_files_give_an_outline_or_a_status(string path, DecodeStatus expected)
    {
        CorimStructure.TryRead(Load(path), out CorimStructure? structure, out CorimError? error);

        Assert.True((error?.Status ?? DecodeStatus.Ok) == expected, error?.ToString());
        Assert.Equal(expected == DecodeStatus.Ok, structure is not null);
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void The_outline_names_id_tags_and_triples()
    {
        Assert.True(CorimStructure.TryRead(Load("ietf-corim/corim-2.cbor"), out CorimStructure? structure, out _));

        Assert.Equal("284e6c3e-5d9f-4f6b-851f-5a4247f243a7", structure.Id);
        Assert.Null(structure.Profile);
        CorimTagSummary tag = Assert.Single(structure.Tags);
        Assert.Equal((506UL, "3f06af63-a93c-11e4-9797-00505690773f"), (tag.Tag, tag.TagId));
        Assert.Equal((3, 1), (tag.Triples[0], tag.Triples[1]));
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void Every_file_of_others_is_read_or_refused_with_a_status_at_every_length()
    {
        string[] files =
        [
            .. Directory.GetFiles(SharedData.PathOf("vectors/ietf-corim"), "*.cbor"),
            .. Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim"), "*.cbor", SearchOption.AllDirectories),
        ];

        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int length = 0; length <= bytes.Length; length++)
            {
                bool whole = length == bytes.Length;
                bool read = CorimStructure.TryRead(bytes.AsMemory(0, length), out _, out CorimError? error);
                Assert.True(read == error is null && (whole || !read), file);
                SignedCorim.TryDecode(bytes.AsMemory(0, length), out _, out _);
            }
        }

        Assert.Equal(46 + 34, files.Length);
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void CoMIDs_of_others_give_an_outline()
    {
        string[] files =
        [
            .. Directory.GetFiles(SharedData.PathOf("vectors/ietf-corim"), "comid-*.cbor"),
            .. Directory.GetFiles(SharedData.PathOf("vectors/veraison-corim/comid"), "*.cbor", SearchOption.AllDirectories),
        ];

        Assert.All(files, file => Assert.True(CorimStructure.TryReadComid(File.ReadAllBytes(file), out _) == DecodeStatus.Ok, file));
    }

    [RequiresSharedDataTheory("vectors/ietf-corim")]
    [InlineData("protected-header-map-corim-meta.cbor")]
    [InlineData("protected-header-map-cwt-claims.cbor")]
    [InlineData("protected-header-map-hash-envelope.cbor")]
    public void Protected_headers_of_the_draft_decode(string name)
    {
        byte[] header = Load($"ietf-corim/{name}");
        byte[] message = [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xa0, 0x41, 0, 0x41, 0];

        Assert.True(CoseMessage.TryDecode(message, CoseLimits.Tolerant, out CoseMessage? decoded, out DecodeStatus status), status.ToString());
        Assert.True(decoded.Headers.ProtectedCount > 1);
    }

    private static byte[] Load(string path) => File.ReadAllBytes(SharedData.PathOf($"vectors/{path}"));
}
