using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Checks over the bytes of evidence; the first piece that does not hold is named.</summary>
internal static class FormatChecks
{
    private const int MaxDepth = 16;
    private const int HeaderLabels = 3;

    public static Finding Size(CheckContext context, IReadOnlyList<EvidenceSample> samples) => Each(
        samples,
        sample => sample.Bytes.Length <= EvidenceProfile.MaxEvidenceBytes,
        sample => $"{sample.Bytes.Length} bytes",
        $"at most {samples.Max(sample => sample.Bytes.Length)} bytes",
        $"at most {EvidenceProfile.MaxEvidenceBytes} bytes");

    public static Finding Deterministic(CheckContext context, IReadOnlyList<EvidenceSample> samples) => Each(
        samples,
        sample => Strictness(sample) == DecodeStatus.Ok,
        sample => $"{Strictness(sample)}",
        "shortest heads, definite lengths, keys in order",
        "core deterministic encoding (RFC 8949 section 4.2.1) of message, header and claims");

    public static Finding Header(CheckContext context, IReadOnlyList<EvidenceSample> samples) => Each(
        samples,
        sample => sample.Message?.Headers is { ProtectedCount: HeaderLabels, UnprotectedCount: 0, TypeFormat: CoseLabel.EatCwt, Kid.Length: CoseLabel.KeyIdBytes } headers && headers.Algorithm != CoseAlgorithm.None,
        sample => sample.Message is { } message ? Describe(message.Headers) : $"no COSE message ({sample.ClaimsStatus})",
        "labels 1, 4 (8 bytes) and 16 (263), unprotected map empty",
        "protected header exactly {1: alg, 4: kid of 8 bytes, 16: 263}, unprotected map empty");

    public static Finding Claims(CheckContext context, IReadOnlyList<EvidenceSample> samples) => Each(
        samples,
        sample => sample.Claims is not null,
        sample => $"{sample.ClaimsStatus}",
        "all required claims, profile 2.25.146294891808187310942556122965410066033",
        "the claims of docs/protocol.cddl, each in its form");

    public static Finding Identity(CheckContext context, IReadOnlyList<EvidenceSample> samples) => Each(
        samples,
        sample => sample.Claims is { } claims && Convert.ToHexStringLower(claims.Ueid.Span) == context.Device.Ueid && claims.ClassId == context.Device.ClassId && claims.OemId == context.Device.OemId,
        sample => sample.Claims is { } claims ? $"UEID {Convert.ToHexStringLower(claims.Ueid.Span)}, class {claims.ClassId:D}, maker {claims.OemId}" : Unreadable(sample),
        $"UEID {context.Device.Ueid}, class {context.Device.ClassId:D}, maker {context.Device.OemId}",
        $"UEID {context.Device.Ueid}, class {context.Device.ClassId:D}, maker {context.Device.OemId}");

    public static Finding Components(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        MeasuredSet expected = ManifestFile.ToSet(context.Manifest);
        return Each(samples, sample => sample.Claims?.Measured.HasSameNames(expected) == true, sample => sample.Claims is { } claims ? Names(claims.Measured) : Unreadable(sample), Names(expected), Names(expected));
    }

    public static Finding Build(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        MeasuredSet expected = ManifestFile.ToSet(context.Manifest);
        return Each(
            samples,
            sample => sample.Claims?.Measured.Hash == expected.Hash,
            sample => sample.Claims is { } claims ? $"other digests in {Measurements.Differences(claims.Measured, expected)}" : Unreadable(sample),
            $"the digests of build {context.Manifest.Version}",
            $"the digests of build {context.Manifest.Version} in its manifest");
    }

    public static Finding Nonce(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "the nonce claim equals the challenge";
        EvidenceSample[] asked = [.. samples.Where(sample => sample.Challenge is not null)];
        return asked.Length == 0
            ? Finding.NotApplicable("what the evidence answers is not known", Expected)
            : Each(asked, sample => sample.Claims?.Nonce.Span.SequenceEqual(sample.Challenge!.Value.Span) == true, sample => sample.Claims is null ? Unreadable(sample) : "another nonce than the challenge", $"{asked.Length} challenges, each in the evidence that answers it", Expected);
    }

    public static Finding NonceUnique(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "as many nonces as pieces of evidence";
        string[] nonces = [.. samples.Where(sample => sample.Claims is not null).Select(sample => Convert.ToHexStringLower(sample.Claims!.Nonce.Span))];
        return nonces.Length < 2
            ? Finding.NotApplicable($"{nonces.Length} pieces of evidence that can be read", Expected)
            : Finding.Of(nonces.Distinct().Count() == nonces.Length, $"{nonces.Distinct().Count()} nonces in {nonces.Length} pieces of evidence", Expected);
    }

    /// <summary>Pass with <paramref name="seen"/> when it holds for each, else Fail with what the first one says for itself.</summary>
    internal static Finding Each(IReadOnlyList<EvidenceSample> samples, Func<EvidenceSample, bool> holds, Func<EvidenceSample, string> describe, string seen, string expected) =>
        samples.FirstOrDefault(sample => !holds(sample)) is { } broken ? Finding.Fail($"{broken.Name}: {describe(broken)}", expected) : Finding.Pass(seen, expected);

    internal static string Unreadable(EvidenceSample sample) => $"claims that cannot be read ({sample.ClaimsStatus})";

    private static DecodeStatus Strictness(EvidenceSample sample)
    {
        DecodeStatus status = Strictness(sample.Bytes);
        if (status != DecodeStatus.Ok || sample.Message is not { } message)
        {
            return status == DecodeStatus.Ok ? sample.ClaimsStatus : status;
        }

        status = Strictness(message.ProtectedBytes);
        return status == DecodeStatus.Ok ? Strictness(message.Payload) : status;
    }

    private static DecodeStatus Strictness(ReadOnlyMemory<byte> item)
    {
        BoundedCborReader reader = new(item, new CborLimits(EvidenceSample.MaxBytes, MaxDepth, StrictDeterministic: true));
        reader.Skip();
        return reader.Finish();
    }

    private static string Describe(CoseHeaders headers) =>
        $"{headers.ProtectedCount} protected and {headers.UnprotectedCount} unprotected labels, algorithm {(int)headers.Algorithm}, key id of {headers.Kid.Length} bytes, type {headers.TypeFormat?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "absent"}";

    private static string Names(MeasuredSet set) => string.Join(", ", set.Components.Select(component => component.Name));
}
