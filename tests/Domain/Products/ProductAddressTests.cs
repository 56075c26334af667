using IotAttest.Domain.Products;

namespace IotAttest.Domain.Tests.Products;

public sealed class ProductAddressTests
{
    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com:8443/a%20b?x=1#y")]
    [InlineData("https://[2001:db8::1]/")]
    public void A_page_is_an_https_address(string text) => Assert.True(ProductAddress.IsPage(text) && ProductAddress.IsContact(text));

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https:example.com")]
    [InlineData("https://")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com/ x")]
    [InlineData("https://example.com/\"onload=")]
    [InlineData("https://example.com/<b>")]
    [InlineData("https://exämple.com/")]
    [InlineData("/relative")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => Assert.False(ProductAddress.IsPage(text) || ProductAddress.IsContact(text));

    [Fact]
    public void It_has_500_characters_at_most()
    {
        string longest = "https://example.com/".PadRight(ProductAddress.MaxLength, 'x');

        Assert.True(ProductAddress.IsPage(longest));
        Assert.False(ProductAddress.IsPage(longest + "x"));
    }

    [Theory]
    [InlineData("mailto:security@example.com", true)]
    [InlineData("mailto:psirt+iot@sub.example.com", true)]
    [InlineData("mailto:security@example.com?subject=x", false)]
    [InlineData("mailto:a@b@example.com", false)]
    [InlineData("mailto:@example.com", false)]
    [InlineData("mailto:security", false)]
    [InlineData("security@example.com", false)]
    [InlineData("tel:+1-201-555-0123", false)]
    public void Rfc9116_2_5_3_a_contact_may_be_one_mailbox(string text, bool expected) => Assert.Equal(expected, ProductAddress.IsContact(text));
}
