using System.Globalization;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The device object of DESIGN.md section 8: what every answer about one board holds. What was added later stands at its end.</summary>
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
    RefusalCounter Refusals,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<string> Advisories,
    IReadOnlyList<string> Policies,
    string? Appraisal)
{
    /// <summary>Where the board stands in its life: Enrolled, Active, Quarantined, InRepair or Decommissioned.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>Evidence that verified although the board is out of service.</summary>
    public required AlarmView Alarms { get; init; }

    /// <summary>What the owner calls the place of the board; null for none.</summary>
    public required string? Group { get; init; }

    /// <param name="device">The board.</param>
    /// <param name="verdict">What is true of it.</param>
    /// <param name="language">Of the next step.</param>
    public static DeviceView Of(DeviceEntry device, Verdict verdict, Language language = Language.English) => new(
        device.Identity.Ueid,
        verdict.Conformity.ToString(),
        verdict.Drift.Words(),
        verdict.Strength.Word(),
        UtcText.Of(verdict.AsOf),
        UtcText.Of(verdict.ExpiresAt),
        verdict.Build,
        verdict.Certificates,
        verdict.Components,
        verdict.Guidance.Text(language),
        verdict.Responsible,
        device.Refusals,
        verdict.Conditions.Words(),
        verdict.Advisories,
        verdict.Policies,
        device.Appraisal?.ToString(CultureInfo.InvariantCulture))
    {
        Lifecycle = device.State.Life.Stage.ToString(),
        Alarms = AlarmView.Of(device.Alarms),
        Group = device.Group,
    };
}
