using System.Net;
using IotAttest.Service.Hosting.Connections;

namespace IotAttest.Service.Tests;

public sealed class ConnectionCountTests
{
    [Fact]
    public void One_address_gets_its_share_and_the_next_still_gets_in_until_all_is_taken()
    {
        ConnectionCount count = new(most: 3, mostPerAddress: 2);
        IPAddress first = IPAddress.Parse("192.0.2.1");
        IPAddress second = IPAddress.Parse("192.0.2.2");

        Assert.True(count.TryEnter(first));
        Assert.True(count.TryEnter(first));
        Assert.False(count.TryEnter(first));
        Assert.True(count.TryEnter(second));
        Assert.False(count.TryEnter(second));

        count.Leave(first);
        Assert.True(count.TryEnter(second));
        Assert.False(count.TryEnter(first));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", true)]
    public void What_one_host_has_is_one_address_and_this_machine_is_nobody(string one, string other, bool isApart)
    {
        ConnectionCount count = new(most: 10, mostPerAddress: 1);
        Assert.True(count.TryEnter(IPAddress.Parse(one)));

        Assert.Equal(isApart, count.TryEnter(IPAddress.Parse(other)));

        count.Leave(IPAddress.Parse(one));
        Assert.True(isApart || count.TryEnter(IPAddress.Parse(other)));
    }
}
