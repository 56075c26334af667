using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cose;

/// <summary>A decoded COSE_Sign1 (tag 18) or COSE_Mac0 (tag 17), RFC 9052 sections 4.2 and 6.2. Decoded is not verified.</summary>
/// <remarks>All memory is a slice of the input.</remarks>
public sealed class CoseMessage
{
    private const int MaxSignatureBytes = 8192;

    private CoseMessage(
        bool isMac, ReadOnlyMemory<byte> protectedBytes, CoseHeaders headers, bool isDetached, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> signature)
    {
        IsMac = isMac;
        ProtectedBytes = protectedBytes;
        Headers = headers;
        IsDetached = isDetached;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>True for COSE_Mac0, false for COSE_Sign1.</summary>
    public bool IsMac { get; }

    /// <summary>Content of the protected byte string: the encoded map, or nothing.</summary>
    public ReadOnlyMemory<byte> ProtectedBytes { get; }

    /// <summary>The decoded header maps.</summary>
    public CoseHeaders Headers { get; }

    /// <summary>True when the payload is nil and travels elsewhere; such a message does not verify here.</summary>
    public bool IsDetached { get; }

    /// <summary>Content of the payload byte string; empty when detached.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signature (r || s for ECDSA) or the MAC tag, as it stands in the message.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Decodes one message.</summary>
    /// <param name="input">The whole message with its tag.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="message">The message, or null.</param>
    /// <param name="status">Ok; WrongTag for any tag but 17 and 18 (61 too) and for none; Duplicate for a label in both maps;
    /// CriticalHeader; or what the reader says.</param>
    /// <returns>True when <paramref name="status"/> is Ok.</returns>
    public static bool TryDecode(
        ReadOnlyMemory<byte> input, CoseLimits limits, [NotNullWhen(true)] out CoseMessage? message, out DecodeStatus status)
    {
        ArgumentNullException.ThrowIfNull(limits);
        BoundedCborReader reader = new(input, limits.Cbor);
        CoseMessage decoded = Read(reader, limits);
        status = reader.Finish();
        message = status == DecodeStatus.Ok ? decoded : null;
        return message is not null;
    }

    /// <summary>Verifies a COSE_Sign1 with -7 or -9 and a key on P-256.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="externalAad">external_aad, usually empty.</param>
    /// <returns>True only when the signature holds; another message kind, algorithm or curve is false, never an exception.</returns>
    public bool Verify(ECDsa key, ReadOnlySpan<byte> externalAad = default) =>
        !IsMac && !IsDetached && Headers.Algorithm is CoseAlgorithm.Es256 or CoseAlgorithm.Esp256
        && EcdsaP256.IsOnCurve(key) && CoseStructure.VerifySignature(key, ProtectedBytes.Span, externalAad, Payload.Span, Signature.Span);

    /// <summary>Verifies a COSE_Sign1 whose payload travels elsewhere (RFC 9052 section 4.1: nil).</summary>
    /// <param name="key">The public key.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>True only when the signature holds; a message with a payload of its own is false.</returns>
    public bool VerifyDetached(ECDsa key, ReadOnlySpan<byte> payload) =>
        !IsMac && IsDetached && Headers.Algorithm is CoseAlgorithm.Es256 or CoseAlgorithm.Esp256
        && EcdsaP256.IsOnCurve(key) && CoseStructure.VerifySignature(key, ProtectedBytes.Span, [], payload, Signature.Span);

    /// <summary>Verifies a COSE_Mac0 with algorithm 5, comparing the 32-byte tag in constant time.</summary>
    /// <param name="key">The HMAC key.</param>
    /// <param name="externalAad">external_aad, usually empty.</param>
    /// <returns>True only when the tag holds; another message kind or algorithm is false, never an exception.</returns>
    public bool VerifyMac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> externalAad = default) =>
        IsMac && !IsDetached && Headers.Algorithm == CoseAlgorithm.HmacSha256
        && CoseStructure.VerifyTag(key, ProtectedBytes.Span, externalAad, Payload.Span, Signature.Span);

    private static CoseMessage Read(BoundedCborReader reader, CoseLimits limits)
    {
        bool isMac = ReadIsMac(reader);
        reader.ReadArrayStart(4, 4);
        ReadOnlyMemory<byte> protectedBytes = reader.ReadBytes(0, limits.MaxBytes);
        CoseHeaderDecoder decoder = new(limits);
        DecodeStatus headers = reader.Status == DecodeStatus.Ok ? decoder.DecodeProtected(protectedBytes) : DecodeStatus.Ok;
        if (headers != DecodeStatus.Ok)
        {
            reader.Fail(headers);
        }

        decoder.ReadUnprotected(reader);
        bool isDetached = reader.TryReadNull();
        ReadOnlyMemory<byte> payload = isDetached ? default : reader.ReadBytes(0, limits.MaxBytes);
        ReadOnlyMemory<byte> signature = reader.ReadBytes(1, MaxSignatureBytes);
        reader.EndArray();
        return new CoseMessage(isMac, protectedBytes, decoder.Headers, isDetached, payload, signature);
    }

    private static bool ReadIsMac(BoundedCborReader reader)
    {
        ulong tag = reader.Peek() == CborKind.Tag ? reader.ReadTag() : 0;
        if (tag is not (CoseLabel.Mac0Tag or CoseLabel.Sign1Tag))
        {
            reader.Fail(DecodeStatus.WrongTag);
        }

        return tag == CoseLabel.Mac0Tag;
    }
}
