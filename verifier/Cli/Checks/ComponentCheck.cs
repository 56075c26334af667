using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Checks;

/// <summary>Compares a set of component digests with a manifest: none other, none missing, none extra.</summary>
internal static class ComponentCheck
{
    public static void CheckClass(CheckReport report, string path, Guid seen, Guid expected)
    {
        if (seen != expected)
        {
            report.Fail(new CheckFailure(path, seen.ToString("D"), $"{expected:D}, the class of the manifest", "compare with the manifest of the same product model"));
        }
    }

    public static ComponentComparison[] Check(CheckReport report, Dictionary<string, string> reported, BuildManifest manifest)
    {
        Dictionary<string, string> expected = manifest.Components.ToDictionary(component => component.Name, component => component.Digest.ToString());
        ComponentComparison[] all =
        [
            .. expected.Keys.Union(reported.Keys).Order(StringComparer.Ordinal)
                .Select(name => new ComponentComparison(name, reported.GetValueOrDefault(name), expected.GetValueOrDefault(name))),
        ];
        foreach (ComponentComparison component in all.Where(component => component.Reported != component.Expected))
        {
            report.Fail(new CheckFailure(
                $"components/{component.Name}", component.Reported ?? "no such component", component.Expected ?? "no such component in the manifest", AdviceFor(component)));
        }

        return all;
    }

    private static string AdviceFor(ComponentComparison component) => component switch
    {
        { Reported: null } or { Expected: null } => "compare evidence and manifest of the same board.json",
        _ => $"find out what was flashed into {component.Name}, or compare with the manifest of that build",
    };
}
