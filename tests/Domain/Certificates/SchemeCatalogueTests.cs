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

    [Theory]
    [InlineData("2025-05-31T23:59:59Z", "1")]
    [InlineData("2025-12-31T23:59:59Z", "1")]
    [InlineData("2026-01-01T00:00:00Z", "2")]
    [InlineData("2026-11-22T12:00:00Z", "2")]
    [InlineData("2028-01-01T00:00:00Z", "3")]
    public void The_version_to_use_is_the_newest_that_is_mandatory(string at, string expected) =>
        Assert.Equal(expected, Catalogue.Find("demo")!.VersionAt(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture))!.Id);

    [Fact]
    public void A_version_is_accepted_from_its_first_day_until_the_day_it_is_retired_and_overtaken_by_a_mandatory_one()
    {
        Scheme demo = Catalogue.Find("demo")!;
        SchemeVersion first = demo.FindVersion("1")!;
        SchemeVersion second = demo.FindVersion("2")!;
        DateTimeOffset newYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal((true, false), (first.IsAccepted(newYear.AddTicks(-1)), first.IsAccepted(newYear)));
        Assert.True(demo.FindVersion("3")!.IsAccepted(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.False(demo.FindVersion("3")!.IsAccepted(new DateTimeOffset(2026, 5, 31, 23, 59, 59, TimeSpan.Zero)));
        Assert.Equal((false, true), (demo.IsOvertaken(second, newYear), demo.IsOvertaken(second, new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        Assert.Null(demo.FindVersion("9"));
        Assert.Null(Catalogue.Find("kr-cic")!.VersionAt(newYear));
    }

    [Fact]
    public void Provisional_certificates_are_for_schemes_that_have_them_and_windows_make_sense() => Assert.All(Catalogue.Schemes, scheme =>
    {
        Assert.Equal(scheme.AllowsProvisional, scheme.ProvisionalDays > 0);
        Assert.InRange(scheme.AppealDays, 1, 365);
        Assert.InRange(scheme.RenewalMonths, 1, 24);
        Assert.All(scheme.Requirements, key => Assert.NotNull(IotAttest.Domain.Crosswalk.CrosswalkData.Default.Find(key)));
    });

    [Fact]
    public void A_scheme_that_issues_nothing_says_so() =>
        Assert.Equal((SchemeState.Closed, SchemeState.Paused), (Catalogue.Find("fi-label")!.State, Catalogue.Find("us-cyber-trust-mark")!.State));
}
