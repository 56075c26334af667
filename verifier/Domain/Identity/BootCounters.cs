namespace IotAttest.Domain.Identity;

/// <summary>The counters that tell one board from a copy of it.</summary>
/// <param name="BootCount">bootcount: grows with every start, durable before the first evidence of a boot.</param>
/// <param name="BootSeed">bootseed: 16 random bytes as a big-endian number, new with every start.</param>
/// <param name="UptimeSeconds">uptime: seconds since the start.</param>
public sealed record BootCounters(ulong BootCount, UInt128 BootSeed, ulong UptimeSeconds);
