using IotAttest.Domain.Crosswalk;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Web.Public;

/// <summary>A requirement as a line of a table.</summary>
/// <param name="Ref">Its id within its source.</param>
/// <param name="Title">Own words.</param>
/// <param name="Obligation">mandatory, recommended or unknown.</param>
/// <param name="IsConditional">Bound to a condition there.</param>
/// <param name="LiveCheck">L, P, G or D.</param>
/// <param name="Rule">What this verifier looks at; null where nothing.</param>
internal sealed record RequirementLine(string Ref, string Title, string Obligation, bool IsConditional, string LiveCheck, string? Rule)
{
    public static RequirementLine Of(Requirement requirement, CrosswalkData data) => new(
        requirement.Ref,
        requirement.Title,
        EnumWord.Of(requirement.Obligation),
        requirement.IsConditional,
        LetterOf(requirement.LiveCheck),
        data.Rules.FirstOrDefault(rule => rule.Id == requirement.RuleId)?.What);

    private static string LetterOf(LiveCheck check) => check switch
    {
        Domain.Crosswalk.LiveCheck.Live => "L",
        Domain.Crosswalk.LiveCheck.Partly => "P",
        Domain.Crosswalk.LiveCheck.Registry => "G",
        _ => "D",
    };
}
