using IotAttest.Fuzz.Tests.Coverage;
using IotAttest.Fuzz.Tests.Targets;

namespace IotAttest.Fuzz.Tests;

/// <summary>A short run of every target from a fixed seed; the long ones are in docs/fuzzing.md.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Hostile_bytes_get_an_answer_within_bounds_and_the_same_one_twice(string target)
    {
        StringWriter report = new();

        int exit = InstrumentedContext.Run([target, "--executions", "5000", "--seconds", "3", "--seed", "20261122"], report);

        Assert.True(exit == 0, report.ToString());
    }
}
