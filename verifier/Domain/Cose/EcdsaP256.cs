using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace IotAttest.Domain.Cose;

/// <summary>ECDSA on P-256 with SHA-256 and fixed-width r || s (RFC 9053 section 2.1).</summary>
public static class EcdsaP256
{
    /// <summary>Length of a signature in bytes: r and s, 32 each, big endian.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Length of a coordinate in bytes.</summary>
    public const int CoordinateBytes = 32;

    private const string Oid = "1.2.840.10045.3.1.7";

    /// <summary>What stands before the coordinates in every SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480 section 2).</summary>
    private static ReadOnlySpan<byte> SpkiHead =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    // Asking a key for its curve exports it, which costs more than the rest of the decoding; a key never changes its curve here.
    private static readonly ConditionalWeakTable<ECDsa, StrongBox<bool>> Curves = [];

    /// <summary>True when <paramref name="key"/> lies on P-256; a 256-bit key on another curve is false.</summary>
    public static bool IsOnCurve(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Curves.GetValue(key, static candidate => new StrongBox<bool>(HasCurve(candidate))).Value;
    }

    /// <summary>Makes a public key from its coordinates.</summary>
    /// <param name="x">32 bytes, big endian.</param>
    /// <param name="y">32 bytes, big endian.</param>
    /// <returns>The key, or null when a length is wrong or the point is not on the curve.</returns>
    public static ECDsa? TryFromCoordinates(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        ECDsa? key = Import(x, y);
        if (key is not null)
        {
            Curves.Add(key, new StrongBox<bool>(true));
        }

        return key;
    }

    /// <summary>Makes a public key from a DER SubjectPublicKeyInfo (RFC 5480).</summary>
    /// <returns>The key, or null when the bytes are not exactly one such structure with a point on P-256.</returns>
    public static ECDsa? TryFromSpki(ReadOnlySpan<byte> der)
    {
        if (HasUsualForm(der))
        {
            return TryFromCoordinates(der.Slice(SpkiHead.Length, CoordinateBytes), der[^CoordinateBytes..]);
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out int read);
            if (read == der.Length && IsOnCurve(key))
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // Answered below: bad bytes from outside are ordinary.
        }

        key.Dispose();
        return null;
    }

    /// <summary>The same for a key that is only ever used with <see cref="VerifyOnCurve"/>: nothing is kept beside it.</summary>
    internal static ECDsa? TryImport(ReadOnlySpan<byte> der) =>
        HasUsualForm(der) ? Import(der.Slice(SpkiHead.Length, CoordinateBytes), der[^CoordinateBytes..]) : TryFromSpki(der);

    /// <summary>Verifies a signature over <paramref name="message"/> with a key that is known to be on the curve; another length is false, never an exception.</summary>
    internal static bool VerifyOnCurve(ECDsa key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    // The one form that DER leaves for an uncompressed point: no need to read the structure, or to ask the key for its curve.
    private static bool HasUsualForm(ReadOnlySpan<byte> der) => der.Length == SpkiHead.Length + (2 * CoordinateBytes) && der.StartsWith(SpkiHead);

    private static ECDsa? Import(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != CoordinateBytes || y.Length != CoordinateBytes)
        {
            return null;
        }

        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() } });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool HasCurve(ECDsa key)
    {
        try
        {
            return key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == Oid;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
