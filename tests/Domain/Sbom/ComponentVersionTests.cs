using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Tests.Sbom;

public sealed class ComponentVersionTests
{
    /// <summary>The row of SemVer 2.0.0 section 11.4.4, and the rules before it.</summary>
    private static readonly string[] SemVerOrder =
    [
        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0",
    ];

    [Fact]
    public void SemVer_11_orders_as_its_own_example()
    {
        for (int i = 0; i < SemVerOrder.Length; i++)
        {
            for (int j = 0; j < SemVerOrder.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ComponentVersion.Compare(SemVerOrder[i], SemVerOrder[j])!.Value));
            }
        }
    }

    [Theory]
    [InlineData("1.0.0+a", "1.0.0+b", 0)]
    [InlineData("v3.6.0", "3.6.0", 0)]
    [InlineData("3.6", "3.6.0", 0)]
    [InlineData("3.6.0.1", "3.6.0", 1)]
    [InlineData("1.17.11.0", "1.17.9.0", 1)]
    [InlineData("1.0.2", "1.0.2k", -1)]
    [InlineData("1.0.2k", "1.0.2u", -1)]
    [InlineData("2024.01", "2024.1", 0)]
    [InlineData("9", "10", -1)]
    [InlineData("99999999999999999999999", "100000000000000000000000", -1)]
    public void Other_versions_are_compared_by_segments(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(ComponentVersion.Compare(left, right)!.Value));
        Assert.Equal(-expected, Math.Sign(ComponentVersion.Compare(right, left)!.Value));
    }

    [Theory]
    [InlineData("", "1.0")]
    [InlineData("main", "1.0")]
    [InlineData("1.0", "unknown")]
    public void A_text_without_a_number_at_its_start_cannot_be_compared(string left, string right) => Assert.Null(ComponentVersion.Compare(left, right));
}
