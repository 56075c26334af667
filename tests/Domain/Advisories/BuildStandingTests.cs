using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

public sealed class BuildStandingTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ProductStatus.NotAffected)]
    [InlineData(ProductStatus.Fixed)]
    public void A_statement_about_the_product_beats_a_component_whatever_their_age(ProductStatus status)
    {
        VulnerabilityStanding standing = Of(Match("vendor", ProductStatus.Affected, MatchLevel.Component, 9, "lib 2.0"), Match("maker", status, MatchLevel.Product, 1));

        Assert.Equal((status, "maker"), (standing.Status, standing.Advisories.Single()));
    }

    [Fact]
    public void A_statement_about_the_build_beats_one_about_the_product()
    {
        Assert.Equal(ProductStatus.Affected, Of(Match("a", ProductStatus.Fixed, MatchLevel.Product, 9), Match("b", ProductStatus.Affected, MatchLevel.Build, 1)).Status);
    }

    [Fact]
    public void Of_equally_close_ones_the_latest_decides_and_at_the_same_time_the_worse()
    {
        Assert.Equal(ProductStatus.Fixed, Of(Match("a", ProductStatus.Affected, MatchLevel.Build, 1), Match("b", ProductStatus.Fixed, MatchLevel.Build, 2)).Status);
        Assert.Equal(ProductStatus.Affected, Of(Match("a", ProductStatus.Affected, MatchLevel.Build, 3), Match("b", ProductStatus.Fixed, MatchLevel.Build, 2)).Status);
        Assert.Equal(ProductStatus.Affected, Of(Match("a", ProductStatus.Fixed, MatchLevel.Build, 2), Match("b", ProductStatus.Affected, MatchLevel.Build, 2)).Status);
    }

    [Fact]
    public void A_component_that_is_fixed_does_not_clear_another_that_is_affected()
    {
        VulnerabilityStanding standing = Of(Match("a", ProductStatus.Affected, MatchLevel.Component, 1, "lib 2.0"), Match("a", ProductStatus.Fixed, MatchLevel.Component, 2, "lib 2.1"));

        Assert.Equal((ProductStatus.Affected, "lib 2.0"), (standing.Status, standing.Decisive.Single().Statement.Match.Component));
        Assert.Equal(ProductStatus.Fixed, Of(Match("a", ProductStatus.Affected, MatchLevel.Component, 1, "lib 2.0"), Match("b", ProductStatus.Fixed, MatchLevel.Component, 2, "lib 2.0")).Status);
    }

    [Fact]
    public void What_needs_a_person_decides_nothing()
    {
        AdvisoryMatch doubt = Match("a", ProductStatus.Affected, MatchLevel.Build, 1) with { };
        AdvisoryMatch unsure = doubt with { Statement = doubt.Statement with { Match = doubt.Statement.Match with { Certainty = Certainty.NeedsPerson } } };

        Assert.Empty(BuildStanding.Of([unsure]));
    }

    [Fact]
    public void Under_investigation_counts_only_where_nothing_is_known()
    {
        Assert.Equal(ProductStatus.UnderInvestigation, Of(Match("a", ProductStatus.UnderInvestigation, MatchLevel.Build, 1)).Status);
        Assert.Equal(ProductStatus.Affected, Of(Match("a", ProductStatus.UnderInvestigation, MatchLevel.Build, 9), Match("b", ProductStatus.Affected, MatchLevel.Component, 1, "lib")).Status);
    }

    [Fact]
    public void The_advisories_that_mark_a_build_are_those_that_say_affected_where_that_holds()
    {
        AdvisoryMatch other = Match("c", ProductStatus.Affected, MatchLevel.Component, 1, "lib");
        AdvisoryMatch[] matches =
        [
            Match("b", ProductStatus.Affected, MatchLevel.Product, 1), Match("a", ProductStatus.Affected, MatchLevel.Component, 1, "lib"), Match("z", ProductStatus.Fixed, MatchLevel.Component, 1, "lib"),
            other with { Statement = other.Statement with { Vulnerability = "CVE-2099-0002" } },
        ];

        Assert.Equal(["a", "b", "c"], BuildStanding.AffectedBy(BuildStanding.Of(matches)).ToArray());
    }

    private static VulnerabilityStanding Of(params AdvisoryMatch[] matches) => Assert.Single(BuildStanding.Of(matches));

    private static AdvisoryMatch Match(string advisory, ProductStatus status, MatchLevel level, int day, string component = "") =>
        new(advisory, new StatementMatch(Fiction.Cve, status, "product", Day.AddDays(day), "", new ProductMatch(Certainty.Yes, level, component, "")));
}
