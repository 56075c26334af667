using BenchmarkDotNet.Attributes;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;

namespace IotAttest.Bench;

/// <summary>MAC or signature of one evidence, and the challenge in it.</summary>
public class VerifyBenchmarks : IDisposable
{
    private SampleBoard _board = null!;
    private EvidenceEnvelope _envelope = null!;

    [Params(DeviceKeyKind.Hmac, DeviceKeyKind.P256)]
    public DeviceKeyKind Key { get; set; }

    [GlobalSetup]
    public void MakeEvidence()
    {
        _board = new SampleBoard(Key);
        _envelope = EvidenceEnvelope.TryDecode(_board.Evidence, out EvidenceEnvelope? envelope, out _) ? envelope : throw new InvalidOperationException("The sample does not decode.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _board.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public bool Authentication() => _board.Key.Verify(_envelope);

    [Benchmark]
    public bool Challenge() => _board.Challenges.Made(_board.Nonce, _board.Ueid);
}
