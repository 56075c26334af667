using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Cli.Tests.Verifying;

/// <summary>Authenticates evidence of a test board with a fresh P-256 key.</summary>
internal sealed class DeviceAuthenticator(ECDsa key) : IEvidenceAuthenticator
{
    public int Algorithm => CoseLabel.Es256;

    public byte[] KeyId => IotAttest.Protocol.KeyId.OfPublicKey(key.ExportSubjectPublicKeyInfo());

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) =>
        key.SignData(structure.AsSpan(offset, count), output.AsSpan(outputOffset), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
