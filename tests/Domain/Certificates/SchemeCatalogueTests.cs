using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class SchemeCatalogueTests
{
    private static readonly SchemeCatalogue Catalogue = SchemeCatalogue.Default;

    [Fact]
    public void The_demonstration_scheme_says_that_it_is_made_up_and_it_alone_is_open()
    {
        Scheme demo = Assert.Single(Catalogue.Schemes, scheme => scheme.IsOpen);

        Assert.Equal(SchemeLevels.OpenScheme, demo.Id);
        Assert.True(demo.IsFictitious);
        Assert.Contains("ictitious", demo.Title, StringComparison.Ordinal);
        Assert.Contains("ictitious", demo.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_are_in_order_and_limits_make_sense()
    {
        Assert.All(Catalogue.Schemes, scheme =>
        {
            Assert.Equal(Enumerable.Range(1, scheme.Levels.Length), scheme.Levels.Select(level => level.Ordinal));
            Assert.Equal(scheme.Levels.Length, scheme.Levels.Select(level => level.Code).Distinct().Count());
            Assert.InRange(scheme.SuspensionDays, 1, scheme.LongestSuspensionDays);
            Assert.InRange(scheme.MaxValidityMonths ?? 1, 1, 120);
            Assert.NotEmpty(scheme.Note);
        });
    }

    [Theory]
    [InlineData("demo", "basic", EvidenceStrength.SelfReported, false)]
    [InlineData("demo", "substantial", EvidenceStrength.Native, false)]
    [InlineData("demo", "high", EvidenceStrength.HardwareRooted, true)]
    [InlineData("demo", "unheard-of", EvidenceStrength.Native, false)]
    [InlineData("sg-cls", "2", EvidenceStrength.Native, false)]
    [InlineData("sg-cls", "3", EvidenceStrength.Native, true)]
    [InlineData("unheard-of", "1", EvidenceStrength.Native, false)]
    public void A_level_has_its_evidence_and_its_persons(string scheme, string level, EvidenceStrength strength, bool isThirdParty)
    {
        Assert.Equal(strength, SchemeLevels.MinimumStrength(scheme, level));
        Assert.Equal(isThirdParty, Catalogue.RulesOf(scheme, level).IsThirdParty);
        Assert.Equal((42, 365), (Catalogue.RulesOf(scheme, level).Suspension.TotalDays, Catalogue.RulesOf(scheme, level).LongestSuspension.TotalDays));
    }

    [Fact]
    public void The_latest_end_counts_calendar_months()
    {
        DateTimeOffset issued = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2028, 11, 30, 12, 0, 0, TimeSpan.Zero), Catalogue.Find("jp-jc-star")!.LatestEnd(issued));
        Assert.Null(Catalogue.Find("kr-cic")!.LatestEnd(issued));
    }

    [Fact]
    public void A_scheme_that_issues_nothing_says_so() =>
        Assert.Equal((SchemeState.Closed, SchemeState.Paused), (Catalogue.Find("fi-label")!.State, Catalogue.Find("us-cyber-trust-mark")!.State));
}
