using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Crosswalk;

/// <summary>Requirements of several sources and what they have in common, as data: crosswalk.json, part of the program.</summary>
/// <param name="Note">What to keep in mind.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Rules">The checks that requirements name.</param>
/// <param name="Requirements">All requirements.</param>
/// <param name="Topics">The mapping.</param>
public sealed record CrosswalkData(
    string Note,
    ImmutableArray<RequirementSource> Sources,
    ImmutableArray<RequirementRule> Rules,
    ImmutableArray<Requirement> Requirements,
    ImmutableArray<RequirementTopic> Topics)
{
    private FrozenDictionary<string, Requirement>? _byKey;

    /// <summary>The data of this program.</summary>
    [JsonIgnore]
    public static CrosswalkData Default { get; } = EmbeddedJson.Read<CrosswalkData>("crosswalk.json");

    /// <summary>The requirement of that key (source/ref), or null.</summary>
    public Requirement? Find(string key) =>
        (_byKey ??= Requirements.ToFrozenDictionary(requirement => requirement.Key, StringComparer.Ordinal)).GetValueOrDefault(key);

    /// <summary>Keys of requirements of other sources about the same, in the order of the data.</summary>
    public ImmutableArray<string> Counterparts(string key)
    {
        string source = Find(key)?.Source ?? "";
        return [.. Topics.Where(topic => topic.Requirements.Contains(key)).SelectMany(topic => topic.Requirements).Where(other => Find(other)?.Source != source).Distinct()];
    }
}
