using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;

namespace IotAttest.Service.Certificates.Crosswalk;

/// <summary>The crosswalk as it is shipped.</summary>
internal sealed record CrosswalkView(
    string Note,
    IReadOnlyList<RequirementSource> Sources,
    IReadOnlyList<RequirementRuleView> Rules,
    IReadOnlyList<RequirementView> Requirements,
    IReadOnlyList<TopicView> Topics)
{
    public static CrosswalkView Of(CrosswalkData data) => new(
        data.Note,
        data.Sources,
        [.. data.Rules.Select(rule => new RequirementRuleView(rule.Id, rule.What, [.. rule.Drift.Select(drift => drift.ToString())]))],
        [.. data.Requirements.Select(requirement => RequirementView.Of(requirement, data))],
        [.. data.Topics.Select(topic => new TopicView(topic.Id, topic.Requirements))]);
}

/// <summary>A check of this verifier, and how a verdict shows that it failed.</summary>
internal sealed record RequirementRuleView(string Id, string What, IReadOnlyList<string> Drift);

/// <summary>Requirements of several sources about the same thing.</summary>
internal sealed record TopicView(string Id, IReadOnlyList<string> Requirements);

/// <summary>One requirement; liveCheck is L (evidence decides it), P (partly), G (the registry answers it) or D (documents or a laboratory).</summary>
internal sealed record RequirementView(
    string Id, string Source, string Ref, string Title, string Obligation, bool IsConditional, string LiveCheck, string? RuleId, string ResponsibleActor, IReadOnlyList<string> Counterparts)
{
    public static RequirementView Of(Requirement requirement, CrosswalkData data) => new(
        requirement.Key,
        requirement.Source,
        requirement.Ref,
        requirement.Title,
        EnumWord.Of(requirement.Obligation),
        requirement.IsConditional,
        Letter(requirement.LiveCheck),
        requirement.RuleId,
        EnumWord.Of(requirement.ResponsibleActor),
        data.Counterparts(requirement.Key));

    private static string Letter(LiveCheck check) => check switch
    {
        Domain.Crosswalk.LiveCheck.Live => "L",
        Domain.Crosswalk.LiveCheck.Partly => "P",
        Domain.Crosswalk.LiveCheck.Registry => "G",
        _ => "D",
    };
}

/// <summary>What a scheme asks; empty where its requirements are not loaded. Live ones are decided by evidence, the others rest on the assessment.</summary>
internal sealed record SchemeRequirementsView(string Scheme, bool IsFictitious, string Note, int Live, IReadOnlyList<RequirementView> Requirements)
{
    public static SchemeRequirementsView Of(Scheme scheme, CrosswalkData data)
    {
        Requirement[] requirements = [.. scheme.Requirements.Select(key => data.Find(key)!)];
        return new SchemeRequirementsView(
            scheme.Id,
            scheme.IsFictitious,
            scheme.Note,
            requirements.Count(requirement => requirement.LiveCheck == LiveCheck.Live),
            [.. requirements.Select(requirement => RequirementView.Of(requirement, data))]);
    }
}
