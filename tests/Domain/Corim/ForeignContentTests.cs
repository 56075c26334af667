using IotAttest.Domain.Corim;
using IotAttest.Domain.Corim.Documents;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>What the files of others say, counted by a decoder of its own: nothing is lost or invented on the way.</summary>
public sealed class ForeignContentTests
{
    // File | records by triple key | environments with values | measurements | keys of their values | digests | first 8 bytes of the first digest.
    // The values are those of reference and endorsed triples (keys 0 and 1).
    private const string Expected = """
        ietf-corim/comid-1|0:1|1|1|0,2|1|44aa336af4cb14a8
        ietf-corim/comid-1a|0:1|1|2|0,2|2|44aa336af4cb14a8
        ietf-corim/comid-2|1:1|1|2|1|0|
        ietf-corim/comid-2b|0:3 1:1|4|4|1,2|3|44aa336af4cb14a8
        ietf-corim/comid-3|0:1|1|5|2|5|abcdef00
        ietf-corim/comid-4|0:1|1|1|13|0|
        ietf-corim/comid-5|0:1 2:4 3:4|1|1|13|0|
        ietf-corim/comid-6|0:1|1|1|0,2|1|44aa336af4cb14a8
        ietf-corim/comid-7|0:1|1|2|15|0|
        ietf-corim/comid-cend|10:1|0|0||0|
        ietf-corim/comid-design-cd|0:4 1:1|5|5|2,4,5|2|3fe18eca4053879e
        ietf-corim/comid-domain-mem|5:3|0|0||0|
        ietf-corim/comid-firmware-cd|0:2 1:1|3|3|1,2,4,5|2|15e77d6f133252f1
        ietf-corim/comid-flags|1:1|1|1|3|0|
        ietf-corim/comid-integrity-registers|0:1|1|1|14|0|
        ietf-corim/comid-opaque-instance-id|0:1|1|1|0|0|
        ietf-corim/comid-psa-endval|10:1|0|0||0|
        ietf-corim/comid-psa-refval|0:2|2|2|2,11,13|2|9a271f2a916b0b6e
        ietf-corim/comid-raw-value|0:3|3|3|4,5|0|
        ietf-corim/comid-series|8:2|0|0||0|
        ietf-corim/comid-trust-dep|4:5|0|0||0|
        ietf-corim/corim-1|0:1|1|1|0,2|1|44aa336af4cb14a8
        ietf-corim/corim-2|0:3 1:1|4|4|1,2|3|44aa336af4cb14a8
        ietf-corim/corim-design-cd|0:4 1:1|5|5|2,4,5|2|3fe18eca4053879e
        ietf-corim/corim-firmware-cd|0:2 1:1|3|3|1,2,4,5|2|15e77d6f133252f1
        ietf-corim/corim-roles|0:1|1|1|0|0|
        ietf-corim/cotl-1||0|0||0|
        veraison-corim/comid/testcases/comid-1|0:1|1|1|0,2|1|44aa336af4cb14a8
        veraison-corim/comid/testcases/comid-1a|0:1|1|2|0,2|2|44aa336af4cb14a8
        veraison-corim/comid/testcases/comid-2|1:1|1|2|1|0|
        veraison-corim/comid/testcases/comid-2b|0:3 1:1|4|4|1,2|3|44aa336af4cb14a8
        veraison-corim/comid/testcases/comid-3|0:1|1|5|2|5|abcdef00
        veraison-corim/comid/testcases/comid-4|0:1|1|1|13|0|
        veraison-corim/comid/testcases/comid-5|0:1 2:4 3:4|1|1|13|0|
        veraison-corim/comid/testcases/comid-6|0:1|1|1|0,2|1|44aa336af4cb14a8
        veraison-corim/comid/testcases/comid-7|0:1|1|2|15|0|
        veraison-corim/comid/testcases/comid-cend|10:1|0|0||0|
        veraison-corim/comid/testcases/comid-cond-endorse-series|0:1 8:1|1|1|0|0|
        veraison-corim/comid/testcases/comid-design-cd|0:4 1:1|5|5|2,4,5|2|3fe18eca4053879e
        veraison-corim/comid/testcases/comid-domain-dep|4:5|0|0||0|
        veraison-corim/comid/testcases/comid-domain-mem|5:3|0|0||0|
        veraison-corim/comid/testcases/comid-firmware-cd|0:2 1:1|3|3|1,2,4,5|2|15e77d6f133252f1
        veraison-corim/comid/testcases/comid-flags|1:1|1|1|3|0|
        veraison-corim/comid/testcases/comid-integrity-registers|0:1|1|1|14|0|
        veraison-corim/comid/testcases/comid-opaque-instance-id|0:1|1|1|0|0|
        veraison-corim/comid/testcases/comid-raw-value|0:3|3|3|4,5|0|
        veraison-corim/comid/testcases/comid-series|8:2|0|0||0|
        veraison-corim/profiles/cca/testcases/cca-platform-valid|0:1 3:1|1|2|2,11,13|2|9a271cf2a916b0b6
        veraison-corim/profiles/cca/testcases/cca-realm-valid|0:1|1|6|2,4|5|1d1150bb35a9d1f1
        veraison-corim/profiles/tdx/testcases/comid_pce_refval|0:1|1|1|-125,-80,-77|0|
        veraison-corim/profiles/tdx/testcases/comid_qe_refval|0:1|1|1|-89,-88,-86,-85,-84,-81|0|
        """;

    public static TheoryData<string> Files { get; } = [.. Expected.Split('\n').Select(line => line.Split('|')[0])];

    [RequiresSharedDataTheory("vectors/ietf-corim")]
    [MemberData(nameof(Files))]
    public void Triples_environments_measurements_and_digests_are_those_of_the_file(string file)
    {
        byte[] bytes = File.ReadAllBytes(SharedData.PathOf($"vectors/{file}.cbor"));

        Assert.True(CorimDocumentReader.TryReadAnyProfile(bytes, out CorimDocument? document, out CorimError? error), error?.ToString());

        Assert.Equal(Expected.Split('\n').Single(line => line.StartsWith($"{file}|", StringComparison.Ordinal)), $"{file}|{Summary(document)}");
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public void A_digest_of_the_draft_is_read_byte_for_byte_with_its_environment()
    {
        byte[] file = File.ReadAllBytes(SharedData.PathOf("vectors/ietf-corim/corim-1.cbor"));
        Assert.True(CorimDocumentReader.TryReadAnyProfile(file, out CorimDocument? document, out _));

        EnvironmentRecord record = Assert.Single(Assert.Single(document.Comids).Triples.Reference);

        Assert.Equal(("uuid", "67b28b6c-34cc-40a1-9117-ab5b05911e37"), (record.Environment.ClassId!.Kind, record.Environment.ClassId.Text));
        Assert.Equal(("ACME Inc.", "ACME RoadRunner"), (record.Environment.Vendor, record.Environment.Model));
        Assert.Equal("44aa336af4cb14a879432e53dd6571c7fa9bccafb75f488259262d6ea3a4d91b", Assert.Single(Assert.Single(record.Measurements).Values.Digests).Value);
    }

    private static string Summary(CorimDocument document)
    {
        ComidTriples[] all = [.. document.Comids.Select(comid => comid.Triples)];
        EnvironmentRecord[] records = [.. all.SelectMany(triples => triples.Reference.Concat(triples.Endorsed))];
        MeasurementValues[] values = [.. records.SelectMany(record => record.Measurements).Select(measurement => measurement.Values)];
        string[] digests = [.. values.SelectMany(value => value.Digests).Select(digest => digest.Value)];
        return string.Join('|', Counts(all), records.Length, values.Length, string.Join(',', values.SelectMany(Keys).Distinct().Order()), digests.Length, digests.Length == 0 ? "" : digests[0][..Math.Min(16, digests[0].Length)]);
    }

    private static string Counts(ComidTriples[] all)
    {
        (int Key, int Count)[] counts =
        [
            (0, all.Sum(triples => triples.Reference.Count)),
            (1, all.Sum(triples => triples.Endorsed.Count)),
            (2, all.Sum(triples => triples.Identity.Count)),
            (3, all.Sum(triples => triples.AttestKey.Count)),
            (4, all.Sum(triples => triples.Dependency.Count)),
            (5, all.Sum(triples => triples.Membership.Count)),
            (6, all.Sum(triples => triples.Coswid.Count)),
            (8, all.Sum(triples => triples.Series.Count)),
            (10, all.Sum(triples => triples.Conditional.Count)),
        ];
        return string.Join(' ', counts.Where(count => count.Count > 0).Select(count => $"{count.Key}:{count.Count}"));
    }

    // draft-ietf-rats-corim-11, measurement-values-map.
    private static IEnumerable<long> Keys(MeasurementValues values)
    {
        (long Key, bool IsThere)[] keys =
        [
            (0, values.Version is not null),
            (1, values.SecurityVersion is not null),
            (2, values.Digests.Count > 0),
            (3, values.Flags.Count > 0),
            (4, values.RawValue is not null),
            (5, values.RawMask is not null),
            (6, values.MacAddress is not null),
            (7, values.IpAddress is not null),
            (8, values.SerialNumber is not null),
            (9, values.Ueid is not null),
            (10, values.Uuid is not null),
            (11, values.Name is not null),
            (13, values.CryptoKeys.Count > 0),
            (14, values.IntegrityRegisters.Count > 0),
            (15, values.Range is not null),
        ];
        return keys.Where(key => key.IsThere).Select(key => key.Key).Concat(values.Others.Keys);
    }
}
