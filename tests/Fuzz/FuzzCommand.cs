using System.Globalization;
using IotAttest.Fuzz.Tests.Engine;
using IotAttest.Fuzz.Tests.Targets;

namespace IotAttest.Fuzz.Tests;

/// <summary>The command line: TARGET [--executions N] [--seconds S] [--seed N] [--findings FOLDER], or replay of one input.</summary>
internal static class FuzzCommand
{
    private static readonly string Usage = $"""
        usage: TARGET [--executions 1e6] [--seconds S] [--seed 1] [--findings FOLDER] [--replay FILE]
        targets: {string.Join(", ", FuzzTargets.All.Select(known => known.Name))}
        Ends with 0 when every property held, 1 when one did not, 2 for a wrong command line.
        """;

    private static readonly string[] Known = ["--executions", "--seconds", "--seed", "--findings", "--replay"];

    public static int Run(string[] arguments, TextWriter output)
    {
        Dictionary<string, string> options = [];
        for (int i = 1; i + 1 < arguments.Length; i += 2)
        {
            options[arguments[i]] = arguments[i + 1];
        }

        FuzzTarget? target = arguments.Length % 2 == 1 ? FuzzTargets.All.FirstOrDefault(known => known.Name == arguments[0]) : null;
        if (target is null || options.Keys.Except(Known).Any() || PlanOf(options) is not { } plan)
        {
            output.WriteLine(Usage);
            return 2;
        }

        return options.TryGetValue("--replay", out string? file) ? Replay(target, File.ReadAllBytes(file), output) : Fuzz(target, plan, output);
    }

    private static FuzzPlan? PlanOf(Dictionary<string, string> options)
    {
        bool isRead = TryNumber("--executions", 1_000_000, out double executions) & TryNumber("--seconds", 86_400, out double seconds) & TryNumber("--seed", 1, out double seed);
        return isRead ? new FuzzPlan((long)executions, TimeSpan.FromSeconds(seconds), (int)seed, options.GetValueOrDefault("--findings")) : null;

        bool TryNumber(string name, double without, out double number)
        {
            number = without;
            return !options.TryGetValue(name, out string? text) || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number is >= 0 and <= 1e12);
        }
    }

    private static int Fuzz(FuzzTarget target, FuzzPlan plan, TextWriter output)
    {
        FuzzReport report = new FuzzLoop(target, plan).Run();
        output.WriteLine(report);
        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static int Replay(FuzzTarget target, byte[] input, TextWriter output)
    {
        Finding? finding = new Execution(target).Run(input, isThorough: true);
        output.WriteLine(finding?.Text ?? "every property holds");
        return finding is null ? 0 : 1;
    }
}
