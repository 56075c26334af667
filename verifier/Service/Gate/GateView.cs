using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Domain.Gate;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Gate;

/// <summary>The answer about one board. <c>AsOf</c> and <c>ExpiresAt</c> are those of its verdict; null when there is none.</summary>
internal sealed record GateView(string Ueid, string Decision, string Enforced, IReadOnlyList<string> Reasons, string? AsOf, string? ExpiresAt, string NextStep, string Responsible)
{
    private static readonly Guidance Enrol = new(StepCode.HaveItEnrolled, [], Actors.Integrator);

    public static GateView Of(string ueid, GateAnswer answer, Verdict? verdict, Language language) => new(
        ueid,
        Word(answer.Decision),
        Word(answer.Enforced),
        answer.Reasons,
        UtcText.Of(verdict?.AsOf),
        UtcText.Of(verdict?.ExpiresAt),
        (verdict?.Guidance ?? Enrol).Text(language),
        (verdict?.Guidance ?? Enrol).Responsible);

    private static string Word(GateDecision decision) => decision switch
    {
        GateDecision.Allow => "allow",
        GateDecision.Review => "review",
        _ => "deny",
    };
}
