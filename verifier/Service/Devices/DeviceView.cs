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
    /// <param name="device">The board.</param>
    /// <param name="verdict">Its verdict.</param>
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
        device.Appraisal?.ToString(CultureInfo.InvariantCulture));
}
