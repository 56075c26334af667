using IotAttest.Domain.Cose;

namespace IotAttest.Conformance;

/// <summary>What signatures give away about how they were made (FIPS 186-5 section 6.4: each with a fresh secret number k).</summary>
internal static class SignatureChecks
{
    // 8 zero bytes by chance: one signature in 2^64.
    private const int MostLeadingZeros = 7;

    /// <summary>The order of P-256 (SP 800-186 section 3.2.1.3).</summary>
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>Equal r in signatures of different messages: k was used twice, and anybody can compute the private key.</summary>
    public static Finding SecretNumber(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "another r in each signature";
        ReadOnlyMemory<byte>[] signatures = Signatures(samples);
        if (signatures.Length < 2)
        {
            return Finding.NotApplicable(signatures.Length == 0 ? "no signatures: MACs need no secret number" : "one signature alone", Expected);
        }

        int distinct = signatures.Select(signature => Convert.ToHexString(signature.Span[..EcdsaP256.CoordinateBytes])).Distinct().Count();
        return Finding.Of(distinct == signatures.Length, distinct == signatures.Length ? $"{distinct} values of r in {distinct} signatures" : "one r in two signatures: the private key can be computed from them", Expected);
    }

    public static Finding Values(CheckContext context, IReadOnlyList<EvidenceSample> samples)
    {
        const string Expected = "r and s between 1 and the order of P-256, not starting with eight zero bytes";
        ReadOnlyMemory<byte>[] signatures = Signatures(samples);
        return signatures.Length == 0
            ? Finding.NotApplicable("no signatures", Expected)
            : Finding.Of(signatures.All(IsSound), signatures.All(IsSound) ? $"{signatures.Length} signatures with r and s in range" : "a signature whose r or s is out of range or hardly random", Expected);
    }

    private static ReadOnlyMemory<byte>[] Signatures(IReadOnlyList<EvidenceSample> samples) =>
        [.. samples.Where(sample => sample.Message is { IsMac: false, Signature.Length: EcdsaP256.SignatureBytes }).Select(sample => sample.Message!.Signature)];

    private static bool IsSound(ReadOnlyMemory<byte> signature) => IsSound(signature.Span[..EcdsaP256.CoordinateBytes]) && IsSound(signature.Span[EcdsaP256.CoordinateBytes..]);

    private static bool IsSound(ReadOnlySpan<byte> number) => number.IndexOfAnyExcept((byte)0) is >= 0 and <= MostLeadingZeros && number.SequenceCompareTo(Order) < 0;
}
