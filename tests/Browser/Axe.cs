using System.Text.Json;
using Deque.AxeCore.Commons;

namespace IotAttest.Browser.Tests;

/// <summary>axe-core in the page itself. The adapter for Playwright opens a second page for each run and carries over what passed too; only violations matter here.</summary>
internal static class Axe
{
    private const string Rules = """{ "runOnly": { "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, "resultTypes": ["violations"] }""";

    private static readonly string Source = ReadSource();

    /// <summary>The violations of WCAG 2.2, levels A and AA, each with some of the places; empty when there is none.</summary>
    public static async Task<JsonElement[]> ViolationsAsync(Visit visit)
    {
        // It would wait for ever: no timer and no promise of a page without scripts comes to an end.
        Assert.True(visit.Look.JavaScript, "axe-core needs a look that runs scripts");
        await visit.Page.EvaluateAsync($"() => {{ {Source}\n }}");
        JsonElement found = await visit.Page.EvaluateAsync<JsonElement>(
            $$"""
            async () => {
                const { testEngine, passes, violations } = await axe.run(document, {{Rules}});
                return { version: testEngine.version, checked: passes.length, violations: violations.map(each => ({ id: each.id, help: each.help, nodes: each.nodes.slice(0, 3).map(node => node.html) })) };
            }
            """);
        Assert.True(found.GetProperty("checked").GetInt32() > 5, "axe-core looked at nothing");
        return [.. found.GetProperty("violations").EnumerateArray()];
    }

    private static string ReadSource()
    {
        using Stream stream = typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
