using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cose;

/// <summary>The COSE message around Evidence in the one form that the profile allows: protected header exactly
/// <c>{1: alg, 4: kid (8 bytes), 16: 263}</c>, unprotected map empty, deterministic, at most 2048 bytes. Decoded is not verified.</summary>
/// <remarks>All memory is a slice of the input.</remarks>
public sealed class EvidenceEnvelope
{
    private const int MaxBytes = EvidenceProfile.MaxEvidenceBytes;
    private const int ProfileHeaders = 3;
    private static readonly CborLimits Limits = new(MaxBytes, MaxDepth: 2, StrictDeterministic: true);
    private static readonly ThreadLocal<BoundedCborReader> Readers = new(static () => new BoundedCborReader(default, Limits));

    private EvidenceEnvelope(CoseAlgorithm algorithm, Kid kid, in Parts parts)
    {
        Algorithm = algorithm;
        Kid = kid;
        ProtectedBytes = parts.ProtectedBytes;
        Payload = parts.Payload;
        Signature = parts.Signature;
    }

    /// <summary>HmacSha256 in a COSE_Mac0; Es256 or Esp256 in a COSE_Sign1.</summary>
    public CoseAlgorithm Algorithm { get; }

    /// <summary>True for COSE_Mac0.</summary>
    public bool IsMac => Algorithm == CoseAlgorithm.HmacSha256;

    /// <summary>Finds the device record, which then fixes algorithm, key type and UEID.</summary>
    public Kid Kid { get; }

    /// <summary>The encoded protected map, 17 bytes.</summary>
    public ReadOnlyMemory<byte> ProtectedBytes { get; }

    /// <summary>The encoded claims.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>32 bytes of tag, or 64 bytes r || s.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Decodes the envelope.</summary>
    /// <param name="input">The whole message.</param>
    /// <param name="envelope">The envelope, or null.</param>
    /// <param name="status">Ok; WrongTag; UnsupportedAlgorithm for an algorithm that does not belong to the tag; Missing or NotAllowed
    /// for a header too few or too many; OutOfRange for another length or typ; or what the reader says.</param>
    /// <returns>True when <paramref name="status"/> is Ok.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> input, [NotNullWhen(true)] out EvidenceEnvelope? envelope, out DecodeStatus status)
    {
        envelope = null;
        BoundedCborReader reader = Readers.Value!;
        reader.Reset(input);
        Parts parts = ReadParts(reader);
        status = reader.Finish();
        if (status == DecodeStatus.Ok)
        {
            reader.Reset(parts.ProtectedBytes);
            EvidenceEnvelope decoded = ReadProtected(reader, parts);
            status = reader.Finish();
            status = status == DecodeStatus.Ok ? CheckRest(parts) : status;
            envelope = status == DecodeStatus.Ok ? decoded : null;
        }

        return envelope is not null;
    }

    /// <summary>Verifies the signature with a key on P-256 and empty external_aad.</summary>
    /// <returns>True only when it holds; false for a MAC.</returns>
    public bool Verify(ECDsa key) => EcdsaP256.IsOnCurve(key) && VerifyOnCurve(key);

    /// <summary>The same with a key that is known to be on P-256.</summary>
    internal bool VerifyOnCurve(ECDsa key) => !IsMac && CoseStructure.VerifySignature(key, ProtectedBytes.Span, [], Payload.Span, Signature.Span);

    /// <summary>Verifies the MAC in constant time with empty external_aad.</summary>
    /// <returns>True only when it holds; false for a signature.</returns>
    public bool VerifyMac(ReadOnlySpan<byte> key) => IsMac && CoseStructure.VerifyTag(key, ProtectedBytes.Span, [], Payload.Span, Signature.Span);

    private static Parts ReadParts(BoundedCborReader reader)
    {
        ulong tag = ReadTag(reader);
        reader.ReadArrayStart(4, 4);
        ReadOnlyMemory<byte> protectedBytes = reader.ReadBytes(1, MaxBytes);
        int unprotected = SkipUnprotected(reader);
        ReadOnlyMemory<byte> payload = reader.ReadBytes(1, MaxBytes);
        ReadOnlyMemory<byte> signature = reader.ReadBytes(1, MaxBytes);
        reader.EndArray();
        return new Parts(tag, protectedBytes, unprotected, payload, signature);
    }

    private static int SkipUnprotected(BoundedCborReader reader)
    {
        int count = reader.ReadMapStart(CoseLimits.MaxLabels);
        for (int i = 0; i < count * 2; i++)
        {
            reader.Skip();
        }

        reader.EndMap();
        return count;
    }

    // What comes after the protected header in reading order.
    private static DecodeStatus CheckRest(in Parts parts)
    {
        int signatureBytes = parts.Tag == CoseLabel.Mac0Tag ? CoseLabel.Hmac256Bytes : CoseLabel.Es256Bytes;
        if (parts.Unprotected > 0)
        {
            return DecodeStatus.NotAllowed;
        }

        return parts.Signature.Length == signatureBytes ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    private static ulong ReadTag(BoundedCborReader reader)
    {
        ulong tag = reader.Peek() == CborKind.Tag ? reader.ReadTag() : 0;
        if (tag is not (CoseLabel.Mac0Tag or CoseLabel.Sign1Tag))
        {
            reader.Fail(DecodeStatus.WrongTag);
        }

        return tag;
    }

    private static EvidenceEnvelope ReadProtected(BoundedCborReader reader, in Parts parts)
    {
        int count = reader.ReadMapStart(CoseLimits.MaxLabels);
        ReadLabel(reader, CoseLabel.Algorithm);
        CoseAlgorithm algorithm = ReadAlgorithm(reader, parts.Tag);
        ReadLabel(reader, CoseLabel.KeyId);
        _ = Kid.TryRead(reader.ReadBytes(Kid.LengthBytes, Kid.LengthBytes).Span, out Kid kid);
        ReadLabel(reader, CoseLabel.Type);
        reader.ReadInt64(CoseLabel.EatCwt, CoseLabel.EatCwt);
        if (count > ProfileHeaders)
        {
            reader.Fail(DecodeStatus.NotAllowed);
        }

        reader.EndMap();
        return new EvidenceEnvelope(algorithm, kid, parts);
    }

    // Keys are in order, so a smaller one than expected is extra and a larger one means that the expected is missing.
    private static void ReadLabel(BoundedCborReader reader, long expected)
    {
        if (reader.Status == DecodeStatus.Ok && reader.Peek() != CborKind.UnsignedInteger)
        {
            reader.Fail(reader.Peek() == CborKind.End ? DecodeStatus.Missing : DecodeStatus.NotAllowed);
        }

        long label = reader.ReadInt64();
        if (reader.Status == DecodeStatus.Ok && label != expected)
        {
            reader.Fail(label < expected ? DecodeStatus.NotAllowed : DecodeStatus.Missing);
        }
    }

    private static CoseAlgorithm ReadAlgorithm(BoundedCborReader reader, ulong tag)
    {
        CoseAlgorithm algorithm = (CoseAlgorithm)reader.ReadInt64(int.MinValue, int.MaxValue);
        bool fits = tag == CoseLabel.Mac0Tag
            ? algorithm == CoseAlgorithm.HmacSha256
            : algorithm is CoseAlgorithm.Es256 or CoseAlgorithm.Esp256;
        if (!fits)
        {
            reader.Fail(DecodeStatus.UnsupportedAlgorithm);
        }

        return algorithm;
    }

    private readonly record struct Parts(ulong Tag, ReadOnlyMemory<byte> ProtectedBytes, int Unprotected, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature);
}
