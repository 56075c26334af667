using IotAttest.Domain.Boards;

namespace IotAttest.Cli.Commands.Device;

/// <summary>What all boards of one factory run share.</summary>
internal sealed record ProvisioningPlan(Guid Class, BoardOemId OemId, string Organisation, string KeyType, string Strength, string Freshness)
{
    /// <summary>What the boards say as hardware version; empty when they say none.</summary>
    public string HardwareVersion { get; init; } = "";
}
