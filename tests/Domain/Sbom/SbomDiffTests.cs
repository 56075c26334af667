using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Tests.Sbom;

public sealed class SbomDiffTests
{
    [Fact]
    public void Added_removed_changed_and_rebuilt_components_are_told_apart()
    {
        SbomDocument before = Of(Part("gone", "1"), Part("same", "1"), Part("tls", "3.5"), Part("rebuilt", "1", "aa"));
        SbomDocument after = Of(Part("same", "1"), Part("tls", "3.6"), Part("new", "1"), Part("rebuilt", "1", "bb"));

        SbomDiff diff = SbomDiff.Of(before, after);

        Assert.Equal(["new"], diff.Added.Select(part => part.Name));
        Assert.Equal(["gone"], diff.Removed.Select(part => part.Name));
        Assert.Equal([("rebuilt", "1", "1"), ("tls", "3.5", "3.6")], diff.Changed.Select(pair => (pair.Name, pair.Before.Version, pair.After.Version)));
        Assert.Equal(1, diff.Same);
    }

    [Fact]
    public void A_name_that_stands_twice_is_compared_version_by_version()
    {
        SbomDiff diff = SbomDiff.Of(Of(Part("lib", "1")), Of(Part("lib", "2"), Part("lib", "1")));

        Assert.Equal(["2"], diff.Added.Select(part => part.Version));
        Assert.Equal((0, 0, 1), (diff.Removed.Count, diff.Changed.Count, diff.Same));
    }

    private static SbomDocument Of(params SbomComponent[] parts) => new("CycloneDX 1.6", parts);

    private static SbomComponent Part(string name, string version, string? hash = null) =>
        new(name, version, null, "library", hash is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["SHA-256"] = hash });
}
