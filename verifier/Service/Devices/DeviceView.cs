using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The device object of DESIGN.md section 8: what every answer about one board holds.</summary>
internal sealed record DeviceView(
    string Ueid,
    string Conformity,
    IReadOnlyList<string> Drift,
    string EvidenceStrength,
    string? AsOf,
    string? ExpiresAt,
    string? Build,
    IReadOnlyList<string> Certificates,
    IReadOnlyList<ComponentComparison> Components,
    string NextStep,
    string Responsible,
    RefusalCounter Refusals)
{
    /// <summary>Where the board stands in its life: Enrolled, Active, Quarantined, InRepair or Decommissioned.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>Evidence that verified although the board is out of service.</summary>
    public required AlarmView Alarms { get; init; }

    public static DeviceView Of(DeviceEntry device, Verdict verdict) => new(
        device.Identity.Ueid,
        verdict.Conformity.ToString(),
        verdict.Drift.Words(),
        verdict.Strength.Word(),
        UtcText.Of(verdict.AsOf),
        UtcText.Of(verdict.ExpiresAt),
        verdict.Build,
        verdict.Certificates,
        verdict.Components,
        verdict.NextStep,
        verdict.Responsible,
        device.Refusals)
    {
        Lifecycle = device.State.Life.Stage.ToString(),
        Alarms = AlarmView.Of(device.Alarms),
    };
}
