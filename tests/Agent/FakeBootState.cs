using IotAttest.Protocol;

namespace IotAttest.Agent.Tests;

/// <summary>A boot that a test decides about.</summary>
internal sealed class FakeBootState : IBootState
{
    public bool IsDurable { get; set; } = true;

    public long BootCount => 1;

    public byte[] BootSeed { get; } = new byte[EvidenceProfile.BootSeedBytes];

    public long UptimeSeconds { get; set; } = 1000;

    public bool TryBegin() => IsDurable;
}
