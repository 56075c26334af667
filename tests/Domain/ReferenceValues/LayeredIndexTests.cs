using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.ReferenceValues;

public sealed class LayeredIndexTests
{
    [Fact]
    public void Everything_is_found_before_and_after_the_layers_are_settled()
    {
        LayeredIndex<int, string> index = new(new Dictionary<int, string> { [-1] = "first" });

        for (int i = 0; i < (2 * LayeredIndex<int, string>.MinRecent) + 2; i++)
        {
            index = index.With(i, $"{i}");

            Assert.Equal(("first", "0", $"{i}", null), (index.Find(-1), index.Find(0), index.Find(i), index.Find(i + 1)));
        }
    }

    [Fact]
    public void A_later_entry_takes_the_place_of_an_earlier_one_in_both_layers()
    {
        LayeredIndex<int, string> index = new LayeredIndex<int, string>(new Dictionary<int, string> { [-1] = "old" }).With(-1, "new");
        Assert.Equal("new", index.Find(-1));

        for (int i = 0; i <= LayeredIndex<int, string>.MinRecent; i++)
        {
            index = index.With(i, "x");
        }

        Assert.Equal("new", index.Find(-1));
        Assert.Equal("newest", index.With(-1, "newest").Find(-1));
    }
}
