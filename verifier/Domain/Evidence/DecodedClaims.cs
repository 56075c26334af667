using IotAttest.Domain.Devices;
using IotAttest.Domain.Identity;

namespace IotAttest.Domain.Evidence;

/// <summary>The claims of evidence that is well-formed and follows the profile. Nothing here is authenticated yet.</summary>
public sealed class DecodedClaims
{
    /// <summary>eat_nonce, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>ueid, 17 bytes.</summary>
    public required ReadOnlyMemory<byte> Ueid { get; init; }

    /// <summary>oemid in either form.</summary>
    public required OemId OemId { get; init; }

    /// <summary>hwmodel, the class UUID.</summary>
    public required Guid ClassId { get; init; }

    /// <summary>bootcount, bootseed and uptime.</summary>
    public required BootCounters Counters { get; init; }

    /// <summary>oemboot and dbgstat.</summary>
    public required BootFacts BootFacts { get; init; }

    /// <summary>The measurements.</summary>
    public required MeasuredSet Measured { get; init; }

    /// <summary>hwversion, or null.</summary>
    public string? HardwareVersion { get; init; }

    /// <summary>swname, or null. Text that the board chose: inventory, never proof.</summary>
    public string? SoftwareName { get; init; }

    /// <summary>swversion, or null.</summary>
    public string? SoftwareVersion { get; init; }
}
