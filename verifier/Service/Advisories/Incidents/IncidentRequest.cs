using IotAttest.Domain.Advisories.Incidents;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Advisories.Incidents;

/// <summary>The body that opens an incident. <paramref name="At"/> is when the organisation became aware, now when it is left out;
/// <paramref name="Organisation"/> is for the operator, who acts for several.</summary>
internal sealed record IncidentRequest(string? At, string Reason, string? Organisation, string? Title, string? Advisory)
{
    private const int MaxMomentLength = 40;
    private const int MaxTitleLength = 200;
    private const int MaxNameLength = 128;

    /// <summary>For a vulnerability that is exploited: title and advisory are known.</summary>
    public static IncidentRequest ParseExploited(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "at", "reason", "organisation");
        return new IncidentRequest(fields.OptionalText("at", MaxMomentLength), fields.Text("reason", ReasonRequest.MaxReasonLength), fields.OptionalText("organisation", MaxNameLength), null, null);
    }

    public static IncidentRequest ParseSevere(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "at", "reason", "organisation", "title", "advisory");
        return new IncidentRequest(
            fields.OptionalText("at", MaxMomentLength),
            fields.Text("reason", ReasonRequest.MaxReasonLength),
            fields.OptionalText("organisation", MaxNameLength),
            fields.Text("title", MaxTitleLength),
            fields.OptionalText("advisory", MaxNameLength));
    }

    /// <summary>When the organisation became aware.</summary>
    /// <exception cref="ProblemException">No moment, or one in the future.</exception>
    public DateTimeOffset OpenedAt(DateTimeOffset now) => MomentText.ParsePast(At, now) ?? now;
}

/// <summary>The body that records a step. <paramref name="At"/> is when it happened, now when it is left out.</summary>
internal sealed record StepRequest(string Step, string? At, string Reason)
{
    private const int MaxMomentLength = 40;

    private static readonly Dictionary<string, IncidentStep> Steps = new()
    {
        ["early-warning"] = IncidentStep.EarlyWarning,
        ["notification"] = IncidentStep.Notification,
        ["fix-available"] = IncidentStep.FixAvailable,
        ["final-report"] = IncidentStep.FinalReport,
        ["close"] = IncidentStep.Closed,
    };

    public static StepRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "step", "at", "reason");
        string step = fields.Text("step", MaxMomentLength);
        return Steps.ContainsKey(step)
            ? new StepRequest(step, fields.OptionalText("at", MaxMomentLength), fields.Text("reason", ReasonRequest.MaxReasonLength))
            : throw fields.Wrong("step", $"\"{step}\"", string.Join(", ", Steps.Keys));
    }

    public static string WordOf(IncidentStep step) => Steps.Single(entry => entry.Value == step).Key;

    /// <exception cref="ProblemException">No moment, or one in the future.</exception>
    public IncidentRecord ToRecord(DateTimeOffset now) => new(Steps[Step], MomentText.ParsePast(At, now) ?? now);
}
