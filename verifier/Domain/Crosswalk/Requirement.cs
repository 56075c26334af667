using System.Text.Json.Serialization;

namespace IotAttest.Domain.Crosswalk;

/// <summary>One requirement of a source: its id and a title in this project's own words, never its text.</summary>
/// <param name="Source">The source.</param>
/// <param name="Ref">Its id within the source.</param>
/// <param name="Title">Own words.</param>
/// <param name="Obligation">How binding it is there.</param>
/// <param name="IsConditional">The source binds it to a condition, which is not loaded.</param>
/// <param name="LiveCheck">What decides it.</param>
/// <param name="RuleId">The check of this verifier that says something about it; null where none does.</param>
/// <param name="ResponsibleActor">Who has to act.</param>
public sealed record Requirement(
    string Source, string Ref, string Title, Obligation Obligation, bool IsConditional, LiveCheck LiveCheck, string? RuleId, ResponsibleActor ResponsibleActor)
{
    /// <summary>Source and ref with a slash between them: its name across sources.</summary>
    [JsonIgnore]
    public string Key => $"{Source}/{Ref}";
}
