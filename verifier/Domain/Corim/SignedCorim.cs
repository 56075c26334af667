using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>A signed CoRIM: COSE_Sign1 (tag 18) over the bytes of a tag-501 CoRIM (draft-ietf-rats-corim-11). Decoded is not verified.</summary>
/// <remarks>Memory is a slice of the input. The unprotected map must be empty: a certificate names the digest of the whole file, so
/// nothing outside the signature may vary; receipts travel beside the file.</remarks>
public sealed class SignedCorim
{
    private readonly CoseMessage _message;

    private SignedCorim(CoseMessage message, string issuer, Kid kid, Sha256Digest sha256)
    {
        _message = message;
        Issuer = issuer;
        Kid = kid;
        Sha256 = sha256;
    }

    /// <summary>iss of the CWT claims (header 15), or the signer name of corim-meta (header 8); equal when both stand there.</summary>
    public string Issuer { get; }

    /// <summary>sub of the CWT claims, or null.</summary>
    public string? Subject => _message.Headers.CwtClaims?.Subject;

    /// <summary>Finds the key of the issuer.</summary>
    public Kid Kid { get; }

    /// <summary>Es256 or Esp256.</summary>
    public CoseAlgorithm Algorithm => _message.Headers.Algorithm;

    /// <summary>The encoded CoRIM, tag 501 included.</summary>
    public ReadOnlyMemory<byte> Body => _message.Payload;

    /// <summary>SHA-256 over the whole signed file, which certificates name.</summary>
    public Sha256Digest Sha256 { get; }

    internal ReadOnlyMemory<byte> ProtectedBytes => _message.ProtectedBytes;

    /// <summary>Decodes the signed file: envelope, headers, and that the payload is one well-formed tag-501 item.</summary>
    /// <param name="file">The whole file, at most 1 MiB.</param>
    /// <param name="signed">The decoded file, or null.</param>
    /// <param name="error">Why not, or null.</param>
    /// <returns>True when decoded.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out SignedCorim? signed, [NotNullWhen(false)] out CorimError? error)
    {
        signed = null;
        if (!CoseMessage.TryDecode(file, CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status))
        {
            error = new CorimError(status, "cose", $"{file.Length} bytes", "COSE_Sign1 (tag 18) of at most 1 MiB");
            return false;
        }

        error = CheckEnvelope(message) ?? CheckSigner(message) ?? CheckBody(message.Payload);
        if (error is null && Kid.TryRead(message.Headers.Kid.Span, out Kid kid))
        {
            signed = new SignedCorim(message, IssuerOf(message)!, kid, Sha256Digest.Of(file.Span));
        }

        return signed is not null;
    }

    /// <summary>Verifies the signature with the issuer's key on P-256.</summary>
    /// <returns>True only when it holds.</returns>
    public bool Verify(ECDsa key) => _message.Verify(key);

    private static CorimError? CheckEnvelope(CoseMessage message)
    {
        CoseHeaders headers = message.Headers;
        return message switch
        {
            { IsMac: true } => new CorimError(DecodeStatus.WrongTag, "cose", "COSE_Mac0", "COSE_Sign1"),
            { IsDetached: true } => new CorimError(DecodeStatus.Missing, "cose/payload", "nil", "the CoRIM"),
            _ when headers.UnprotectedCount > 0 =>
                new CorimError(DecodeStatus.NotAllowed, "cose/unprotected", $"{headers.UnprotectedCount} headers", "an empty map"),
            _ when headers.Algorithm is not (CoseAlgorithm.Es256 or CoseAlgorithm.Esp256) =>
                new CorimError(DecodeStatus.UnsupportedAlgorithm, "cose/protected/1", $"algorithm {(int)headers.Algorithm}", "-7 or -9"),
            _ when headers.ContentType != CorimProfile.ContentType =>
                new CorimError(DecodeStatus.OutOfRange, "cose/protected/3", "another content type, or none", CorimProfile.ContentType),
            _ when headers.Kid.Length != Kid.LengthBytes =>
                new CorimError(DecodeStatus.OutOfRange, "cose/protected/4", $"a kid of {headers.Kid.Length} bytes", $"{Kid.LengthBytes} bytes"),
            _ => null,
        };
    }

    // draft-11: at least one of 15 and 8 names the signer; when both do, the names are the same.
    private static CorimError? CheckSigner(CoseMessage message)
    {
        string? issuer = message.Headers.CwtClaims?.Issuer;
        DecodeStatus status = TryReadSigner(message.Headers.CorimMeta, out string? signer);
        if (status != DecodeStatus.Ok)
        {
            return new CorimError(status, "cose/protected/8", "no corim-meta-map", "{0: {0: signer name}}");
        }

        if (issuer is not null && signer is not null && issuer != signer)
        {
            return new CorimError(DecodeStatus.NotAllowed, "cose/protected/8/0/0", "a signer name that differs from iss", "the same name");
        }

        return IssuerOf(message) is { } name
            ? CorimRules.CheckText("cose/protected/15/1", name)
            : new CorimError(DecodeStatus.Missing, "cose/protected", "neither iss (15) nor signer (8)", "at least one");
    }

    private static CorimError? CheckBody(ReadOnlyMemory<byte> body)
    {
        BoundedCborReader reader = new(body, new CborLimits(CorimProfile.MaxFileBytes, CorimProfile.MaxDepth, StrictDeterministic: false));
        reader.ReadTag(CorimProfile.CorimTag);
        reader.Skip();
        DecodeStatus status = reader.Finish();
        return status == DecodeStatus.Ok ? null : new CorimError(status, "cose/payload", $"{status} at byte {reader.Position}", "one CoRIM (tag 501)");
    }

    private static string? IssuerOf(CoseMessage message) =>
        message.Headers.CwtClaims?.Issuer ?? (TryReadSigner(message.Headers.CorimMeta, out string? signer) == DecodeStatus.Ok ? signer : null);

    private static DecodeStatus TryReadSigner(ReadOnlyMemory<byte> meta, out string? signer)
    {
        signer = null;
        if (meta.IsEmpty)
        {
            return DecodeStatus.Ok;
        }

        BoundedCborReader reader = new(meta, CoseLimits.Tolerant.Cbor);
        ReadOnlyMemory<byte> signerMap = ReadEntry(reader, key: 0);
        DecodeStatus status = reader.Finish();
        if (status != DecodeStatus.Ok)
        {
            return status;
        }

        if (signerMap.IsEmpty)
        {
            return DecodeStatus.Missing;
        }

        BoundedCborReader name = new(signerMap, CoseLimits.Tolerant.Cbor);
        BoundedCborReader text = new(ReadEntry(name, key: 0), CoseLimits.Tolerant.Cbor);
        signer = text.ReadText(CwtClaims.MaxTextBytes);
        return name.Finish() == DecodeStatus.Ok ? text.Finish() : name.Status;
    }

    // The encoded value of one integer key in a map of any order; empty when it is not there.
    private static ReadOnlyMemory<byte> ReadEntry(BoundedCborReader reader, ulong key)
    {
        ReadOnlyMemory<byte> found = default;
        int entries = reader.ReadMapStart(CoseLimits.MaxLabels);
        for (int i = 0; i < entries; i++)
        {
            bool isKey = ReadKey(reader) == key;
            ReadOnlyMemory<byte> value = reader.ReadEncodedItem();
            found = isKey ? value : found;
        }

        reader.EndMap();
        return found;
    }

    private static ulong ReadKey(BoundedCborReader reader)
    {
        if (reader.Peek() == CborKind.UnsignedInteger)
        {
            return reader.ReadUInt64();
        }

        reader.Skip();
        return ulong.MaxValue;
    }
}
