using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

/// <summary>The table of DESIGN: by build, by product, by component, and what a person has to look at.</summary>
public sealed class AdvisoryMatcherTests
{
    private static readonly ComponentSubject Library = new("libfiction", "2.0", "pkg:generic/libfiction@2.0", IsFirst: false);

    [Fact]
    public void A_build_is_found_by_its_id_by_a_digest_of_its_files_and_by_a_region()
    {
        Assert.Equal([(Certainty.Yes, MatchLevel.Build)], Found(New() with { Uuids = [Fiction.Build] }));
        Assert.Equal([(Certainty.Yes, MatchLevel.Build)], Found(New() with { Sha256 = [Fiction.A64] }));
        BuildSubject build = Fiction.Subject() with { Regions = new Dictionary<string, string> { ["clr"] = new('e', 64) } };
        Assert.Equal([(Certainty.Yes, MatchLevel.Component)], Found(New() with { Sha256 = [new('e', 64)] }, build));
        Assert.Empty(Found(New() with { Sha256 = [new('f', 64)] }, build));
    }

    [Theory]
    [InlineData("1.0.0", Certainty.Yes)]
    [InlineData("<1.0.0", Certainty.No)]
    [InlineData("before 2", Certainty.NeedsPerson)]
    [InlineData(null, Certainty.Yes)]
    public void A_product_is_found_by_class_or_by_maker_and_name_within_its_versions(string? versions, Certainty expected)
    {
        VersionRange? range = versions is null ? null : versions == "1.0.0" ? VersionRange.Exact(versions) : VersionRange.Parse(versions);
        (Certainty, MatchLevel)[] found = expected == Certainty.No ? [] : [(expected, MatchLevel.Product)];

        Assert.Equal(found, Found(New() with { Uuids = [Fiction.Class], Versions = range }));
        Assert.Equal(found, Found(New() with { Vendor = "ACME", ProductName = "thermostat", Versions = range }));
        Assert.Empty(Found(New() with { Vendor = "other", ProductName = "Thermostat", Versions = range }));
    }

    [Theory]
    [InlineData("pkg:generic/libfiction@2.0", null, Certainty.Yes)]
    [InlineData("pkg:generic/libfiction", null, Certainty.Yes)]
    [InlineData("pkg:generic/libfiction", "<2.1", Certainty.Yes)]
    [InlineData("pkg:generic/libfiction", "<2.0", Certainty.No)]
    [InlineData("pkg:generic/libfiction", "some", Certainty.NeedsPerson)]
    [InlineData("pkg:generic/libfiction@2.1", null, Certainty.No)]
    [InlineData("pkg:npm/libfiction@2.0", null, Certainty.No)]
    [InlineData("pkg:generic/libother@2.0", null, Certainty.No)]
    public void A_component_is_found_by_its_package_url(string purl, string? versions, Certainty expected)
    {
        Assert.True(PackageUrl.TryParse(purl, out PackageUrl? parsed));
        AdvisoryProduct product = New() with { Purl = parsed, Versions = versions is null ? null : VersionRange.Parse(versions) };

        Assert.Equal(expected == Certainty.No ? [] : [(expected, MatchLevel.Component)], Found(product, Fiction.Subject("1.0.0", Library)));
    }

    [Theory]
    [InlineData("2.0", Certainty.Yes)]
    [InlineData("2.1", Certainty.No)]
    [InlineData(null, Certainty.NeedsPerson)]
    public void A_component_without_package_url_is_found_by_name_and_version_and_a_name_alone_needs_a_person(string? version, Certainty expected)
    {
        BuildSubject build = Fiction.Subject("1.0.0", new ComponentSubject("LibFiction", "2.0", null, IsFirst: false));
        VersionRange? range = version is null ? null : VersionRange.Exact(version);
        (Certainty, MatchLevel)[] found = expected == Certainty.No ? [] : [(expected, MatchLevel.Component)];

        Assert.Equal(found, Found(New() with { ProductName = "libfiction", Versions = range }, build));
        Assert.Equal(found, Found(New() with { Cpe = new CpeName("libfiction", version) }, build));
        Assert.Equal(found, Found(New() with { Purl = new PackageUrl("generic", "libfiction", "libfiction", version) }, build));
    }

    [Fact]
    public void The_first_component_with_the_version_of_the_build_is_the_product()
    {
        BuildSubject build = Fiction.Subject("1.0.0", new ComponentSubject("Thermostat", "1.0.0", "pkg:generic/acme/thermostat@1.0.0", IsFirst: true));
        Assert.True(PackageUrl.TryParse("pkg:generic/acme/thermostat", out PackageUrl? purl));

        Assert.Equal([(Certainty.Yes, MatchLevel.Product)], Found(New() with { Purl = purl }, build));
    }

    [Fact]
    public void What_a_product_always_contains_need_not_be_in_the_bill_of_materials_and_anything_else_does()
    {
        AdvisoryProduct part = New() with { Purl = Library.Purl, Within = New() with { Uuids = [Fiction.Class], Versions = VersionRange.All } };
        BuildSubject without = Fiction.Subject() with { Components = null };

        Assert.Equal([(Certainty.Yes, MatchLevel.Product)], Found(part with { IsAlwaysWithin = true }, Fiction.Subject()));
        Assert.Equal([(Certainty.Yes, MatchLevel.Product)], Found(part, Fiction.Subject("1.0.0", Library)));
        Assert.Empty(Found(part, Fiction.Subject()));
        Assert.Equal([(Certainty.NeedsPerson, MatchLevel.Product)], Found(part, without));
    }

    [Theory]
    [InlineData(ProductStatus.Affected, Certainty.Yes)]
    [InlineData(ProductStatus.UnderInvestigation, Certainty.Yes)]
    [InlineData(ProductStatus.Fixed, Certainty.NeedsPerson)]
    [InlineData(ProductStatus.NotAffected, Certainty.NeedsPerson)]
    public void That_all_versions_are_fine_must_be_said_and_that_they_are_affected_is_believed(ProductStatus status, Certainty expected)
    {
        Advisory advisory = Fiction.Read(Fiction.Csaf) with { Statements = [new AdvisoryStatement(Fiction.Cve, New() with { Uuids = [Fiction.Class] }, status, DateTimeOffset.UnixEpoch, "")] };

        Assert.Equal(expected, Assert.Single(AdvisoryMatcher.Match(advisory, Fiction.Subject())).Match.Certainty);
    }

    [Theory]
    [InlineData("1.0.0", "T-1.0.0 Affected; T-1.0.0 UnderInvestigation")]
    [InlineData("1.1.0", "T-RANGE Affected")]
    [InlineData("1.3.0", "T-1.3.0 NotAffected")]
    [InlineData("1.4.0", "")]
    public void A_whole_document_speaks_of_the_right_builds(string version, string expected)
    {
        BuildSubject build = Fiction.Subject(version) with { Id = Guid.NewGuid(), ClassId = Guid.NewGuid(), Files = [] };
        Dictionary<string, string> ids = new() { ["acme Thermostat 1.0.0"] = "T-1.0.0", ["libfiction in 1.0.0"] = "T-1.0.0", ["acme Thermostat 1.1, 1.2"] = "T-RANGE", ["acme Thermostat 1.3.0"] = "T-1.3.0" };

        Assert.Equal(expected, string.Join("; ", AdvisoryMatcher.Match(Fiction.Read(Fiction.Csaf), build).Select(match => $"{ids[match.Product]} {match.Status}")));
    }

    private static AdvisoryProduct New() => new("P", "product");

    private static (Certainty, MatchLevel)[] Found(AdvisoryProduct product, BuildSubject? build = null) =>
        [.. AdvisoryMatcher.Match(product, build ?? Fiction.Subject()).Select(match => (match.Certainty, match.Level))];
}
