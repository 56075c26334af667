namespace IotAttest.Protocol.Tests;

/// <summary>Writes a constant tag and allocates nothing.</summary>
internal sealed class ConstantAuthenticator(int algorithm) : IEvidenceAuthenticator
{
    private readonly byte[] _keyId = new byte[CoseLabel.KeyIdBytes];

    public int Calls { get; private set; }

    public int Algorithm => algorithm;

    public byte[] KeyId => _keyId;

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset)
    {
        Calls++;
        output[outputOffset] = 1;
    }
}
