using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Cli.Bench;

/// <summary>Makes evidence of one board as fast as this machine can: the load, not the thing measured.</summary>
internal sealed class EvidenceMaker : IEvidenceAuthenticator, IDisposable
{
    private readonly byte[]? _secret;
    private readonly ECDsa? _signer;
    private readonly EvidenceWriter _writer = new();
    private readonly EvidenceClaims _claims;

    public EvidenceMaker(DeviceKeyKind kind, Guid classId, long oemId, IReadOnlyList<(string Name, byte[] Sha256)> components)
    {
        UeidBytes = RandomNumberGenerator.GetBytes(EvidenceProfile.UeidBytes);
        UeidBytes[0] = 0x01;
        Credential = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        if (kind == DeviceKeyKind.Hmac)
        {
            _secret = RandomNumberGenerator.GetBytes(32);
            KeyId = Kid.OfUeid(UeidBytes).ToBytes();
        }
        else
        {
            _signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            KeyId = Kid.OfKey(_signer).ToBytes();
        }

        _claims = new EvidenceClaims
        {
            Ueid = UeidBytes,
            OemId = oemId,
            HardwareModel = classId.ToByteArray(bigEndian: true),
            BootCount = 1,
            BootSeed = RandomNumberGenerator.GetBytes(EvidenceProfile.BootSeedBytes),
        };
        foreach ((string name, byte[] sha256) in components)
        {
            _claims.AddComponent(name, sha256);
        }
    }

    public byte[] UeidBytes { get; }

    public string Ueid => IotAttest.Protocol.Ueid.ToHex(UeidBytes);

    public string Credential { get; }

    public byte[] KeyId { get; }

    public int Algorithm => _secret is null ? CoseLabel.Es256 : CoseLabel.Hmac256;

    /// <summary>The public part, or null for HMAC.</summary>
    public ECParameters? PublicKey => _signer?.ExportParameters(includePrivateParameters: false);

    public byte[]? Secret => _secret;

    /// <summary>Evidence for a challenge; uptime grows with every call.</summary>
    public byte[] Make(byte[] challenge)
    {
        _claims.Nonce = challenge;
        _claims.UptimeSeconds++;
        DecodeStatus status = _writer.Write(_claims, this);
        return status == DecodeStatus.Ok
            ? _writer.Buffer[.._writer.Length]
            : throw new InvalidOperationException($"Evidence was not made: {status}.");
    }

    public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset)
    {
        ReadOnlySpan<byte> signed = structure.AsSpan(offset, count);
        if (_secret is not null)
        {
            HMACSHA256.HashData(_secret, signed, output.AsSpan(outputOffset));
        }
        else
        {
            _signer!.SignData(signed, output.AsSpan(outputOffset), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _signer?.Dispose();
}
