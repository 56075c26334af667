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

    /// <summary>A new board with a key of its own.</summary>
    public EvidenceMaker(DeviceKeyKind kind, Guid classId, long oemId, IReadOnlyList<(string Name, byte[] Sha256)> components)
        : this(NewUeid(), kind == DeviceKeyKind.Hmac ? RandomNumberGenerator.GetBytes(32) : null, kind == DeviceKeyKind.Hmac ? null : ECDsa.Create(ECCurve.NamedCurves.nistP256), null, classId, oemId, components)
    {
    }

    /// <summary>A board that exists already.</summary>
    /// <param name="ueid">Its UEID.</param>
    /// <param name="secret">Its HMAC key, or null.</param>
    /// <param name="signer">Else its P-256 key.</param>
    /// <param name="keyId">Its key id; null for the one that follows from key or UEID.</param>
    /// <param name="classId">Its product class.</param>
    /// <param name="oemId">Its maker.</param>
    /// <param name="components">What it measures.</param>
    public EvidenceMaker(byte[] ueid, byte[]? secret, ECDsa? signer, byte[]? keyId, Guid classId, long oemId, IReadOnlyList<(string Name, byte[] Sha256)> components)
    {
        UeidBytes = ueid;
        Credential = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _secret = secret;
        _signer = signer;
        KeyId = keyId ?? (signer is null ? Kid.OfUeid(ueid) : Kid.OfKey(signer)).ToBytes();

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

    /// <summary>Boot counters as the board's last evidence had them.</summary>
    public void Continue(ulong bootCount, byte[] bootSeed, ulong uptimeSeconds)
    {
        _claims.BootCount = (long)bootCount;
        _claims.BootSeed = bootSeed;
        _claims.UptimeSeconds = (long)uptimeSeconds;
    }

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

    private static byte[] NewUeid()
    {
        byte[] ueid = RandomNumberGenerator.GetBytes(EvidenceProfile.UeidBytes);
        ueid[0] = 0x01;
        return ueid;
    }
}
