using IotAttest.Domain.Crosswalk;

namespace IotAttest.Domain.Tests.Crosswalk;

public sealed class CrosswalkTests
{
    private static readonly CrosswalkData Data = CrosswalkData.Default;

    /// <summary>The ids of each source, as its table of contents has them.</summary>
    private static readonly Dictionary<string, string[]> Ids = new()
    {
        ["en-303-645"] =
        [
            "5.0-1", "5.1-1", "5.1-2", "5.1-2A", .. Numbered("5.1-", 3, 5), .. Numbered("5.2-", 1, 3), "5.3-1", "5.3-2", "5.3-3", "5.3-4A", "5.3-4B", "5.3-5", "5.3-6A", "5.3-6B", .. Numbered("5.3-", 7, 14),
            "5.3-15A", "5.3-15B", "5.3-16", .. Numbered("5.4-", 1, 4), .. Numbered("5.5-", 1, 8), "5.6-1", "5.6-2", "5.6-3", "5.6-4A", "5.6-4B", .. Numbered("5.6-", 5, 9), "5.7-1", "5.7-2",
            .. Numbered("5.8-", 1, 3), .. Numbered("5.9-", 1, 3), "5.10-1", .. Numbered("5.11-", 1, 4), .. Numbered("5.12-", 1, 3), "5.13-1A", "5.13-1B", "6-1", "6-2", "6-3A", "6-3B", .. Numbered("6-", 4, 8),
        ],
        ["nist-ir-8425"] =
        [
            "asset-identification", "product-configuration", "data-protection", "interface-access-control", "software-update", "state-awareness", "documentation", "information-reception",
            "information-dissemination", "education",
        ],
        ["cra-annex-1"] = [.. "abcdefghijklm".Select(letter => $"I(2)({letter})"), .. Enumerable.Range(1, 8).Select(number => $"II({number})")],
        ["en-18031"] = ["ACM", "AUM", "SUM", "SUM-2", "SSM", "SCM", "RLM", "NMM", "TCM", "CCK", "GEC", "GEC-1", "GEC-2", "GEC-5", "CRY", "LGM", "DLM", "UNM"],
    };

    /// <summary>About consent and personal data, where the other sources name nothing of their own.</summary>
    private static readonly string[] WithoutCounterpart = ["5.8-3", "6-1", "6-2", "6-3A", "6-3B", "6-5", "6-7", "6-8"];

    [Fact]
    public void Every_id_of_every_source_is_there_once_and_nothing_else() => Assert.All(Ids, source =>
        Assert.Equal(source.Value.Order(StringComparer.Ordinal), Data.Requirements.Where(requirement => requirement.Source == source.Key).Select(requirement => requirement.Ref).Order(StringComparer.Ordinal)));

    [Fact]
    public void Of_78_provisions_6_are_decided_live_18_partly_8_by_the_registry_and_46_never()
    {
        Requirement[] provisions = [.. Data.Requirements.Where(requirement => requirement.Source == "en-303-645")];

        Assert.Equal(78, provisions.Length);
        Assert.Equal((6, 18, 8, 46), (Count(LiveCheck.Live), Count(LiveCheck.Partly), Count(LiveCheck.Registry), Count(LiveCheck.Documents)));
        Assert.Equal(["5.10-1", "5.3-16", "5.3-8", "5.6-4A", "5.7-1", "5.7-2"], provisions.Where(provision => provision.LiveCheck == LiveCheck.Live).Select(provision => provision.Ref).Order(StringComparer.Ordinal));

        int Count(LiveCheck check) => provisions.Count(provision => provision.LiveCheck == check);
    }

    [Fact]
    public void Every_mapping_names_requirements_that_exist_each_once_in_a_topic()
    {
        Assert.Equal(Data.Topics.Length, Data.Topics.Select(topic => topic.Id).Distinct().Count());
        Assert.All(Data.Topics, topic =>
        {
            Assert.All(topic.Requirements, key => Assert.True(Data.Find(key) is not null, $"{topic.Id}: {key}"));
            Assert.Equal(topic.Requirements.Length, topic.Requirements.Distinct().Count());
            Assert.True(topic.Requirements.Select(key => Data.Find(key)!.Source).Distinct().Count() > 1, topic.Id);
        });
    }

    [Fact]
    public void What_has_a_counterpart_has_it_in_both_directions_and_what_has_none_is_known() => Assert.All(Data.Requirements, requirement =>
    {
        string[] counterparts = [.. Data.Counterparts(requirement.Key)];

        Assert.Equal(requirement.Source == "en-303-645" && WithoutCounterpart.Contains(requirement.Ref), counterparts.Length == 0);
        Assert.All(counterparts, other => Assert.Contains(requirement.Key, Data.Counterparts(other)));
        Assert.All(counterparts, other => Assert.NotEqual(requirement.Source, Data.Find(other)!.Source));
    });

    [Fact]
    public void Keys_sources_and_rules_are_unique_and_every_reference_holds()
    {
        Assert.Equal(Data.Requirements.Length, Data.Requirements.Select(requirement => requirement.Key).Distinct().Count());
        Assert.Equal(Data.Sources.Select(source => source.Id).Order(), Data.Requirements.Select(requirement => requirement.Source).Distinct().Order());
        Assert.Equal(Data.Rules.Select(rule => rule.Id).Order(), Data.Requirements.Select(requirement => requirement.RuleId).OfType<string>().Distinct().Order());
        Assert.All(Data.Rules, rule => Assert.NotEmpty(rule.What));
        Assert.All(Data.Rules.SelectMany(rule => rule.Drift), drift => Assert.True(Enum.IsDefined(drift)));
    }

    [Fact]
    public void What_evidence_decides_names_the_check_and_what_it_never_decides_names_none() => Assert.All(Data.Requirements, requirement =>
    {
        Assert.True(requirement.LiveCheck is LiveCheck.Registry || requirement.RuleId is not null == requirement.LiveCheck is LiveCheck.Live or LiveCheck.Partly, requirement.Key);
        Assert.InRange(requirement.Title.Length, 5, 80);
    });

    [Fact]
    public void The_made_up_source_says_so_and_it_alone() =>
        Assert.Equal("demo", Assert.Single(Data.Sources, source => source.IsFictitious).Id);

    [Fact]
    public void An_unknown_key_has_no_requirement_and_no_counterparts()
    {
        Assert.Null(Data.Find("en-303-645/9.9-9"));
        Assert.Empty(Data.Counterparts("en-303-645/9.9-9"));
    }

    private static IEnumerable<string> Numbered(string prefix, int first, int last) => Enumerable.Range(first, last - first + 1).Select(number => $"{prefix}{number}");
}
