using System.Buffers;
using System.Security.Cryptography;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>Stands for the native module's measuring: the SHA-256 of whole regions, in bounded steps.</summary>
/// <remarks>As the module does (DESIGN section 3), it digests the deployment at boot and yields no evidence when that
/// differs later or when anything was written meanwhile.</remarks>
internal sealed class FlashMeasurer : IMeasurer, IDisposable
{
    private const int StepBytes = 65536;

    private readonly SimulatedFlash _flash;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[][] _digests;
    private readonly byte[]? _bootDigest;
    private int _region;
    private int _position;
    private int _version;

    public FlashMeasurer(SimulatedFlash flash)
    {
        _flash = flash;
        _digests = [.. flash.Regions.Select(_ => new byte[Sha256.DigestBytes])];
        Begin();
        while (Step())
        {
        }

        _bootDigest = DeploymentDigest()?.ToArray();
    }

    public void Begin()
    {
        _region = 0;
        _position = 0;
        _version = _flash.Version;
    }

    public bool Step()
    {
        FlashRegion region = _flash.Regions[_region];
        byte[]? shared = _position == 0 ? _flash.SharedDigest(region) : null;
        if (shared is not null)
        {
            shared.CopyTo(_digests[_region], 0);
            return NextRegion();
        }

        AppendPart(region);
        if (_position < region.Size)
        {
            return true;
        }

        _hash.GetHashAndReset(_digests[_region]);
        return NextRegion();
    }

    public EvidenceStatus AddTo(EvidenceClaims claims)
    {
        bool isAsBooted = _bootDigest is null || DeploymentDigest().AsSpan().SequenceEqual(_bootDigest);
        if (_version != _flash.Version || !isAsBooted)
        {
            return EvidenceStatus.MeasurementChanged;
        }

        for (int i = 0; i < _digests.Length; i++)
        {
            if (!claims.AddComponent(_flash.Regions[i].Name, _digests[i]))
            {
                return EvidenceStatus.MeasurementFailed;
            }
        }

        return EvidenceStatus.Ok;
    }

    public void Dispose() => _hash.Dispose();

    private void AppendPart(FlashRegion region)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(StepBytes);
        Span<byte> part = chunk.AsSpan(0, Math.Min(StepBytes, region.Size - _position));
        _flash.Read(region.Offset + _position, part);
        _hash.AppendData(part);
        _position += part.Length;
        ArrayPool<byte>.Shared.Return(chunk);
    }

    private bool NextRegion()
    {
        _region++;
        _position = 0;
        return _region < _digests.Length;
    }

    private byte[]? DeploymentDigest()
    {
        for (int i = 0; i < _digests.Length; i++)
        {
            if (_flash.Regions[i].Name == EvidenceProfile.Deployment)
            {
                return _digests[i];
            }
        }

        return null;
    }
}
