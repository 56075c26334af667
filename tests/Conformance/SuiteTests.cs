namespace IotAttest.Conformance.Tests;

public sealed class SuiteTests
{
    [Fact]
    public void Ids_are_unique_and_begin_with_their_module()
    {
        foreach (ConformanceModule module in ConformanceSuite.Modules)
        {
            Assert.All(module.Checks, check => Assert.StartsWith($"{module.Id}.", check.Id, StringComparison.Ordinal));
        }

        string[] ids = [.. ConformanceSuite.Modules.SelectMany(module => module.Checks).Select(check => check.Id)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Every_check_names_a_requirement_of_the_catalogue_and_every_requirement_has_a_check()
    {
        ConformanceCheck[] checks = [.. ConformanceSuite.Modules.SelectMany(module => module.Checks)];

        Assert.All(checks, check => Assert.NotEmpty(check.Requirements));
        Assert.Empty(checks.SelectMany(check => check.Requirements).Except(Requirements.All));
        Assert.Empty(Requirements.All.Except(checks.SelectMany(check => check.Requirements)));
    }

    [Fact]
    public async Task Without_anything_every_check_says_what_it_needs()
    {
        ConformanceReport report = await ConformanceRun.RunAsync(new ConformanceSubject { Kind = TargetKind.Evidence }, ConformanceSuite.Modules, "1.2.3", null, CancellationToken.None);

        Assert.All(report.Checks, check => Assert.Equal(CheckOutcome.NotApplicable, check.Finding.Outcome));
        Assert.All(report.Checks, check => Assert.StartsWith("not given: ", check.Finding.Seen, StringComparison.Ordinal));
    }
}
