using System.Formats.Cbor;
using System.Security.Cryptography;

using IotAttest.Protocol;
using IotAttest.Simulator;

using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Agent.Tests;

/// <summary>Evidence read with .NET's own CBOR reader and checked with .NET's own cryptography.</summary>
internal sealed class DecodedEvidence
{
    private readonly byte[] _protectedHeader;
    private readonly byte[] _payload;
    private readonly byte[] _tag;

    public DecodedEvidence(byte[] bytes)
    {
        CborReader tagged = new(bytes, CborConformanceMode.Canonical);
        Tag = (int)tagged.ReadTag();
        Assert.Equal(4, tagged.ReadStartArray());
        _protectedHeader = tagged.ReadByteString();
        Assert.Equal(0, tagged.ReadStartMap());
        tagged.ReadEndMap();
        _payload = tagged.ReadByteString();
        _tag = tagged.ReadByteString();
        tagged.ReadEndArray();
        Assert.Equal(0, tagged.BytesRemaining);
        ReadHeader();
        ReadClaims();
    }

    public int Tag { get; }

    public int Algorithm { get; private set; }

    public byte[] KeyId { get; private set; } = [];

    public byte[] Nonce { get; private set; } = [];

    public byte[] Ueid { get; private set; } = [];

    public long BootCount { get; private set; }

    public byte[] BootSeed { get; private set; } = [];

    public long UptimeSeconds { get; private set; }

    public Dictionary<string, byte[]> Digests { get; } = [];

    /// <summary>Whether MAC or signature holds under a board's key.</summary>
    public bool IsAuthentic(BoardIdentity identity)
    {
        CborWriter writer = new();
        writer.WriteStartArray(4);
        writer.WriteTextString(identity.KeyType == BoardKeyType.Hmac ? "MAC0" : "Signature1");
        writer.WriteByteString(_protectedHeader);
        writer.WriteByteString([]);
        writer.WriteByteString(_payload);
        writer.WriteEndArray();
        byte[] structure = writer.Encode();
        if (identity.HmacKey is not null)
        {
            return CryptographicOperations.HmacData(HashAlgorithmName.SHA256, identity.HmacKey, structure).AsSpan().SequenceEqual(_tag);
        }

        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(identity.PrivateKeyPem);
        return key.VerifyData(structure, _tag, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private void ReadHeader()
    {
        CborReader header = new(_protectedHeader, CborConformanceMode.Canonical);
        Assert.Equal(3, header.ReadStartMap());
        Assert.Equal(CoseLabel.Algorithm, header.ReadInt32());
        Algorithm = header.ReadInt32();
        Assert.Equal(CoseLabel.KeyId, header.ReadInt32());
        KeyId = header.ReadByteString();
        Assert.Equal(CoseLabel.Type, header.ReadInt32());
        Assert.Equal(CoseLabel.EatCwt, header.ReadInt32());
    }

    private void ReadClaims()
    {
        CborReader claims = new(_payload, CborConformanceMode.Canonical);
        int? entries = claims.ReadStartMap();
        for (int i = 0; i < entries; i++)
        {
            switch (claims.ReadInt32())
            {
                case EatClaim.Nonce: Nonce = claims.ReadByteString(); break;
                case EatClaim.Ueid: Ueid = claims.ReadByteString(); break;
                case EatClaim.BootCount: BootCount = claims.ReadInt64(); break;
                case EatClaim.BootSeed: BootSeed = claims.ReadByteString(); break;
                case EatClaim.Uptime: UptimeSeconds = claims.ReadInt64(); break;
                case EatClaim.Measurements: ReadMeasurements(claims); break;
                default: claims.SkipValue(); break;
            }
        }
    }

    private void ReadMeasurements(CborReader claims)
    {
        int? count = claims.ReadStartArray();
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(2, claims.ReadStartArray());
            Assert.Equal(MeasuredComponentLabel.ContentFormat, claims.ReadInt32());
            CborReader component = new(claims.ReadByteString(), CborConformanceMode.Canonical);
            claims.ReadEndArray();
            component.ReadStartMap();
            Assert.Equal(MeasuredComponentLabel.Id, component.ReadInt32());
            component.ReadStartArray();
            string name = component.ReadTextString();
            component.ReadEndArray();
            Assert.Equal(MeasuredComponentLabel.Digest, component.ReadInt32());
            component.ReadStartArray();
            Assert.Equal(MeasuredComponentLabel.Sha256, component.ReadInt32());
            Digests.Add(name, component.ReadByteString());
        }

        claims.ReadEndArray();
    }
}
