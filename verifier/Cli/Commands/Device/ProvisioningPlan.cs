using System.Text.Json.Nodes;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Commands.Device;

/// <summary>What all boards of one factory run share.</summary>
internal sealed record ProvisioningPlan(Guid Class, BoardOemId OemId, string Organisation, string KeyType, string Strength, string Freshness)
{
    /// <summary>What the boards say as hardware version; empty when they say none.</summary>
    public string HardwareVersion { get; init; } = "";

    /// <summary>Stock firmware: managed code has the key and makes the evidence.</summary>
    public bool IsSelfReported => Strength == EvidenceStrength.SelfReported.Word();

    /// <summary>Everything that decides what a run writes: a run that was stopped continues only under the same.</summary>
    public JsonObject ToJson(int count, LinePaths paths) => new()
    {
        ["count"] = count,
        ["class"] = Class.ToString("D"),
        ["oemid"] = OemId.Number is { } number ? JsonValue.Create(number) : JsonValue.Create(OemId.RandomHex),
        ["organisation"] = Organisation,
        ["key-type"] = KeyType,
        ["strength"] = Strength,
        ["freshness"] = Freshness,
        ["hardware-version"] = HardwareVersion,
        ["secrets-out"] = Path.GetFullPath(paths.Secrets),
        ["board-lines"] = paths.BoardLines is { } lines ? Path.GetFullPath(lines) : null,
        ["state-dir"] = paths.StateFolder is { } states ? Path.GetFullPath(states) : null,
    };
}
