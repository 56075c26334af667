using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Cose;

/// <summary>What the agent's encoder writes is what this decoder takes: two implementations that share no code.</summary>
public sealed class AgentEvidenceTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];

    [Fact]
    public void Mac0_evidence_of_the_agent_verifies_and_its_claims_are_deterministic()
    {
        byte[] kid = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] evidence = Write(new TestAuthenticator(CoseLabel.Hmac256, kid, structure => HMACSHA256.HashData(Key, structure)));

        Assert.True(EvidenceEnvelope.TryDecode(evidence, out EvidenceEnvelope? envelope, out DecodeStatus status), status.ToString());

        Assert.True(envelope.VerifyMac(Key));
        Assert.Equal(kid, envelope.Kid.ToBytes());
        Assert.Equal(DecodeStatus.Ok, SkipStrict(envelope.Payload));
    }

    [Fact]
    public void Sign1_evidence_of_the_agent_verifies_under_the_same_kid()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] kid = KeyId.OfPublicKey(key.ExportSubjectPublicKeyInfo());
        byte[] evidence = Write(new TestAuthenticator(CoseLabel.Es256, kid, structure => key.SignData(structure, HashAlgorithmName.SHA256)));

        Assert.True(EvidenceEnvelope.TryDecode(evidence, out EvidenceEnvelope? envelope, out DecodeStatus status), status.ToString());

        Assert.True(envelope.Verify(key));
        Assert.Equal(Kid.OfKey(key), envelope.Kid);
    }

    [Fact]
    public void Kid_of_a_UEID_is_the_one_of_the_agent()
    {
        byte[] ueid = [1, .. new byte[16]];

        Assert.Equal(KeyId.OfUeid(ueid), Kid.OfUeid(ueid).ToBytes());
    }

    private static byte[] Write(TestAuthenticator authenticator)
    {
        EvidenceClaims claims = new()
        {
            Nonce = new byte[32],
            Ueid = [1, .. new byte[16]],
            OemId = 32473,
            HardwareModel = new byte[16],
            BootSeed = new byte[16],
        };
        Assert.True(claims.AddComponent(EvidenceProfile.Clr, new byte[32]));
        EvidenceWriter writer = new();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, authenticator));
        return writer.Buffer[..writer.Length];
    }

    private static DecodeStatus SkipStrict(ReadOnlyMemory<byte> payload)
    {
        BoundedCborReader reader = new(payload, new CborLimits(2048, 8, StrictDeterministic: true));
        reader.Skip();
        return reader.Finish();
    }

    private sealed class TestAuthenticator(int algorithm, byte[] keyId, Func<byte[], byte[]> authenticate) : IEvidenceAuthenticator
    {
        public int Algorithm => algorithm;

        public byte[] KeyId => keyId;

        public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset) =>
            authenticate(structure.AsSpan(offset, count).ToArray()).CopyTo(output, outputOffset);
    }
}
