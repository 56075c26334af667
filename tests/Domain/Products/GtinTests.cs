using IotAttest.Domain.Products;

namespace IotAttest.Domain.Tests.Products;

public sealed class GtinTests
{
    [Theory]
    [InlineData("96385074")]
    [InlineData("036000291452")]
    [InlineData("4006381333931")]
    [InlineData("10614141000415")]
    public void Gs1_7_9_a_number_with_its_check_digit_is_taken(string text) => Assert.True(Gtin.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("9638507")]
    [InlineData("963850745")]
    [InlineData("40063813339310")]
    [InlineData("400638133393100")]
    [InlineData("00000000")]
    [InlineData("400638133393A")]
    [InlineData("4006381333９31")]
    public void Gs1_7_9_another_length_other_signs_and_nothing_but_zeros_are_not(string text) => Assert.False(Gtin.IsValid(text));

    [Fact]
    public void Gs1_7_9_every_single_wrong_digit_is_found()
    {
        const string Good = "4006381333931";

        string[] wrong = [.. from place in Enumerable.Range(0, Good.Length) from digit in "0123456789" where digit != Good[place] select $"{Good[..place]}{digit}{Good[(place + 1)..]}"];

        Assert.Equal(Good.Length * 9, wrong.Length);
        Assert.All(wrong, text => Assert.False(Gtin.IsValid(text), text));
    }
}
