using System.Security.Cryptography;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;

namespace IotAttest.Bench;

/// <summary>A board with evidence for one challenge.</summary>
internal sealed class SampleBoard : IDisposable
{
    private const long OemId = 32473;

    private readonly EvidenceMaker _maker;

    public SampleBoard(DeviceKeyKind kind)
    {
        _maker = new EvidenceMaker(kind, Guid.NewGuid(), OemId, BenchFirmware.Components);
        Nonce = Challenges.Mint(_maker.UeidBytes, DateTimeOffset.UtcNow);
        Evidence = _maker.Make(Nonce);
        Key = _maker.PublicKey is { } point ? new P256DeviceKey(EcdsaP256.TryFromCoordinates(point.Q.X, point.Q.Y)!) : new HmacDeviceKey(_maker.Secret!);
    }

    public ChallengeKey Challenges { get; } = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));

    public byte[] Ueid => _maker.UeidBytes;

    public byte[] Nonce { get; }

    public byte[] Evidence { get; }

    public IDeviceKey Key { get; }

    public void Dispose()
    {
        (Key as IDisposable)?.Dispose();
        _maker.Dispose();
    }
}
