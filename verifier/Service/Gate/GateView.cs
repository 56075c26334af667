using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Gate;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Gate;

/// <summary>The answer about one board. <c>AsOf</c> and <c>ExpiresAt</c> are those of its verdict; null when there is none.</summary>
internal sealed record GateView(string Ueid, string Decision, string Enforced, IReadOnlyList<string> Reasons, string? AsOf, string? ExpiresAt, string NextStep, string Responsible)
{
    private const string Enrol = "Have the board enrolled by its manufacturer, with you as its owner.";

    public static GateView Of(string ueid, GateAnswer answer, Verdict? verdict) => new(
        ueid,
        Word(answer.Decision),
        Word(answer.Enforced),
        answer.Reasons,
        UtcText.Of(verdict?.AsOf),
        UtcText.Of(verdict?.ExpiresAt),
        verdict?.NextStep ?? Enrol,
        verdict?.Responsible ?? "integrator");

    private static string Word(GateDecision decision) => decision switch
    {
        GateDecision.Allow => "allow",
        GateDecision.Review => "review",
        _ => "deny",
    };
}
