using BenchmarkDotNet.Attributes;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;

namespace IotAttest.Bench;

/// <summary>Bytes to claims, before anything is believed.</summary>
public class DecodeBenchmarks
{
    private byte[] _evidence = [];
    private ReadOnlyMemory<byte> _payload;

    [Params(DeviceKeyKind.Hmac, DeviceKeyKind.P256)]
    public DeviceKeyKind Key { get; set; }

    [GlobalSetup]
    public void MakeEvidence()
    {
        using SampleBoard board = new(Key);
        _evidence = board.Evidence;
        _payload = EvidenceEnvelope.TryDecode(_evidence, out EvidenceEnvelope? envelope, out _) ? envelope.Payload : throw new InvalidOperationException("The sample does not decode.");
    }

    [Benchmark]
    public bool Envelope() => EvidenceEnvelope.TryDecode(_evidence, out _, out _);

    [Benchmark]
    public bool Claims() => EvidenceDecoder.TryDecode(_payload, out _, out _);
}
