using System.Security.Cryptography;

using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>ES256 (RFC 9053 section 2.1) with a P-256 key: r then s.</summary>
public sealed class EcdsaAuthenticator : IEvidenceAuthenticator, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create();

    /// <summary>Takes a private key in PEM.</summary>
    /// <exception cref="ArgumentException">The text holds no key, or one of another curve.</exception>
    public EcdsaAuthenticator(string privateKeyPem)
    {
        _key.ImportFromPem(privateKeyPem);
        if (_key.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new ArgumentException("The key is not of curve P-256.", nameof(privateKeyPem));
        }

        KeyId = Protocol.KeyId.OfPublicKey(_key.ExportSubjectPublicKeyInfo());
    }

    public int Algorithm => CoseLabel.Es256;

    public byte[] KeyId { get; }

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset)
    {
        if (!_key.TrySignData(structure.AsSpan(offset, count), output.AsSpan(outputOffset), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _))
        {
            throw new CryptographicException("The signature did not fit.");
        }
    }

    public void Dispose() => _key.Dispose();
}
