using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("vers:semver/>=1.1.0|<1.3.0", "1.0.9", Certainty.No)]
    [InlineData("vers:semver/>=1.1.0|<1.3.0", "1.1.0", Certainty.Yes)]
    [InlineData("vers:semver/>=1.1.0|<1.3.0", "1.2.9", Certainty.Yes)]
    [InlineData("vers:semver/>=1.1.0|<1.3.0", "1.3.0", Certainty.No)]
    [InlineData("vers:semver/<1.3.0|>=1.1.0", "1.2.0", Certainty.Yes)]
    [InlineData("vers:generic/1.0|2.0", "2.0", Certainty.Yes)]
    [InlineData("vers:generic/1.0|2.0", "1.5", Certainty.No)]
    [InlineData("vers:npm/>=1.0.0|!=1.2.0|<2.0.0", "1.2.0", Certainty.No)]
    [InlineData("vers:npm/>=1.0.0|!=1.2.0|<2.0.0", "1.2.1", Certainty.Yes)]
    [InlineData("vers:generic/!=1.2", "1.3", Certainty.Yes)]
    [InlineData("vers:generic/<1.0|>=2.0|<3.0", "0.9", Certainty.Yes)]
    [InlineData("vers:generic/<1.0|>=2.0|<3.0", "1.5", Certainty.No)]
    [InlineData("vers:generic/<1.0|>=2.0|<3.0", "2.5", Certainty.Yes)]
    [InlineData("vers:generic/>2.0", "2.0", Certainty.No)]
    [InlineData("vers:generic/>2.0", "9", Certainty.Yes)]
    [InlineData("vers:generic/*", "whatever", Certainty.Yes)]
    [InlineData("vers:generic/%3E%3D1.0", "1.0", Certainty.Yes)]
    [InlineData("vers:deb/<1.0.0", "0.9.0", Certainty.Yes)]
    [InlineData("vers:deb/<1.0.0", "1.0.0~rc1", Certainty.NeedsPerson)]
    [InlineData("<4.2", "4.1", Certainty.Yes)]
    [InlineData("<4.2", "4.2", Certainty.No)]
    [InlineData(">= 1.0, < 1.2", "1.1", Certainty.Yes)]
    [InlineData(">=1.0|<1.2", "1.2", Certainty.No)]
    [InlineData("*", "1", Certainty.Yes)]
    [InlineData("1.0 and later", "1.0", Certainty.NeedsPerson)]
    [InlineData("before 4.2", "4.1", Certainty.NeedsPerson)]
    [InlineData("", "1", Certainty.NeedsPerson)]
    [InlineData("vers:generic", "1", Certainty.NeedsPerson)]
    [InlineData("vers:generic/", "1", Certainty.NeedsPerson)]
    [InlineData("vers:generic/>=latest", "1", Certainty.NeedsPerson)]
    [InlineData("vers:generic/>=1.0|<1.0", "1.0", Certainty.NeedsPerson)]
    [InlineData("<4.2", "main", Certainty.NeedsPerson)]
    [InlineData("<4.2", null, Certainty.NeedsPerson)]
    public void A_version_is_in_out_or_somebody_has_to_look(string range, string? version, Certainty expected) =>
        Assert.Equal(expected, VersionRange.Parse(range).Contains(version));

    [Theory]
    [InlineData("2.0", "2.0", Certainty.Yes)]
    [InlineData("2.0", "v2.0", Certainty.Yes)]
    [InlineData("2.0", "2.0.1", Certainty.No)]
    [InlineData("main-7", "main-7", Certainty.Yes)]
    [InlineData("main-7", "2.0", Certainty.NeedsPerson)]
    public void One_version(string exact, string version, Certainty expected) => Assert.Equal(expected, VersionRange.Exact(exact).Contains(version));

    [Fact]
    public void Constraints_are_bounded_at_the_edge()
    {
        Assert.Equal(Certainty.Yes, VersionRange.Parse(Constraints(64)).Contains("1"));
        Assert.Equal(Certainty.NeedsPerson, VersionRange.Parse(Constraints(65)).Contains("1"));
    }

    [Theory]
    [InlineData("pkg:generic/a@1", "generic", "a", "1")]
    [InlineData("pkg:github/Mbed-TLS/mbedtls@v3.6.0?x=y#z", "github", "mbed-tls/mbedtls", "v3.6.0")]
    [InlineData("PKG:npm/%40scope/name", "npm", "@scope/name", null)]
    [InlineData("pkg:npm/@scope/name@1.0", "npm", "@scope/name", "1.0")]
    public void A_package_url_gives_type_path_and_version(string text, string type, string path, string? version)
    {
        Assert.True(PackageUrl.TryParse(text, out PackageUrl? purl));
        Assert.Equal((type, path, version), (purl.Type, purl.Path, purl.Version));
    }

    [Theory]
    [InlineData("pkg:generic")]
    [InlineData("pkg:")]
    [InlineData("generic/a@1")]
    [InlineData("")]
    public void What_is_no_package_url_is_none(string text) => Assert.False(PackageUrl.TryParse(text, out _));

    [Theory]
    [InlineData("cpe:2.3:a:vendor:lib\\:fiction:2.0:*:*:*:*:*:*:*", "lib:fiction", "2.0")]
    [InlineData("cpe:2.3:a:vendor:libfiction:*:*:*:*:*:*:*:*", "libfiction", null)]
    [InlineData("cpe:/a:vendor:LibFiction:1%2e0", "libfiction", "1.0")]
    public void A_cpe_name_gives_product_and_version(string text, string product, string? version)
    {
        Assert.True(CpeName.TryParse(text, out CpeName? name));
        Assert.Equal((product, version), (name.Product, name.Version));
    }

    [Theory]
    [InlineData("cpe:2.3:a:vendor:*:2.0")]
    [InlineData("cpe:2.3:a")]
    [InlineData("libfiction")]
    public void What_is_no_cpe_name_is_none(string text) => Assert.False(CpeName.TryParse(text, out _));

    private static string Constraints(int count) => $"vers:generic/{string.Join('|', Enumerable.Range(1, count))}";
}
