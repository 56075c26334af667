using System.Reflection;
using System.Text.RegularExpressions;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Stories;

/// <summary>Each of the fifteen stories of certification.md section 6 is a test that bears its name.</summary>
public sealed class StoryCatalogueTests
{
    private static readonly string[] Stories =
    [
        "Story_01_See_live_conformity_of_what_I_certified",
        "Story_02_Suspend_with_reasons_and_the_world_hears",
        "Story_03_Nothing_can_be_rewritten",
        "Story_04_Answer_was_it_valid_on_that_day",
        "Story_05_Replay_a_verdict",
        "Story_06_Handle_an_appeal_fairly",
        "Story_07_Submit_a_build_from_CI",
        "Story_08_Ship_a_patch_without_turning_the_fleet_red",
        "Story_09_One_build_many_markets",
        "Story_10_Meet_the_reporting_clocks",
        "Story_11_Keep_the_support_promise",
        "Story_12_Add_a_board_to_a_fleet",
        "Story_13_Catch_a_clone_and_a_rollback",
        "Story_14_Gate_on_conformity_without_an_outage",
        "Story_15_Scan_the_label",
    ];

    // What of a story needs the command line or a page lives there.
    private static readonly (string Story, string Project)[] Elsewhere =
    [
        ("Story_03_Nothing_can_be_rewritten", "Cli"),
        ("Story_07_Submit_a_build_from_CI", "Cli"),
        ("Story_02_Suspend", "Browser"),
        ("Story_15_Scan_the_label", "Browser"),
    ];

    [Fact]
    public void Every_story_is_a_test_and_every_test_of_a_story_is_one_of_the_fifteen()
    {
        string[] tests = [.. typeof(StoryCatalogueTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null } && method.Name.StartsWith("Story_", StringComparison.Ordinal))
            .Select(method => method.Name)];

        Assert.All(Stories, story => Assert.Contains(tests, test => test.StartsWith(story, StringComparison.Ordinal)));
        Assert.All(tests, test => Assert.Contains(Stories, story => test.StartsWith(story, StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, 15).Select(number => $"Story_{number:00}"), Stories.Select(story => story[..8]));
    }

    [Fact]
    public void What_needs_the_command_line_or_a_page_is_tested_there()
    {
        foreach ((string story, string project) in Elsewhere)
        {
            string folder = Path.Combine(SharedData.Repository, "tests", project);
            Assert.Contains(Directory.GetFiles(folder, "*Tests.cs", SearchOption.AllDirectories), file => Regex.IsMatch(File.ReadAllText(file), $@"public async Task {story}\w*\("));
        }
    }
}
