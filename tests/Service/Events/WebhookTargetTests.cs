using System.Net;
using System.Net.Sockets;
using IotAttest.Service.Hosting;
using IotAttest.Service.Webhooks;

namespace IotAttest.Service.Tests.Events;

/// <summary>Where webhooks may go, and how they are signed.</summary>
public sealed class WebhookTargetTests
{
    private static readonly WebhookTarget Target = new(new VerifierOptions { WebhookHosts = ["hooks.internal"] });

    [Fact]
    public void The_signature_is_that_of_the_published_example()
    {
        byte[] secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        string signature = WebhookSignature.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("http://hooks.internal:8080/")]
    public void These_addresses_may_be_called(string url) => Assert.Null(Target.Refusal(new Uri(url)));

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com/#x")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd12:3456::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://0/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://exam\ufffd.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://hooks.internal/")]
    public void These_addresses_must_not_be_called(string url) => Assert.NotNull(Target.Refusal(new Uri(url)));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("2606:4700::1", true)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("169.253.255.255", true)]
    [InlineData("169.254.0.1", false)]
    [InlineData("198.17.255.255", true)]
    [InlineData("198.18.0.1", false)]
    [InlineData("255.255.255.255", false)]
    public void Public_addresses_are_told_from_others(string address, bool isPublic) => Assert.Equal(isPublic, WebhookTarget.IsPublic(IPAddress.Parse(address)));

    /// <summary>DNS rebinding: the name was fine when the webhook was made. What the connection asks for is looked up, judged and called in one step.</summary>
    [Fact]
    public async Task A_name_that_changed_since_its_check_is_judged_again_by_the_address_that_would_be_called()
    {
        using TcpListener inside = new(IPAddress.Loopback, 0);
        inside.Start();
        int port = ((IPEndPoint)inside.LocalEndpoint).Port;
        using SocketsHttpHandler handler = new() { ConnectCallback = Target.ConnectAsync, UseProxy = false };
        using HttpClient client = new(handler);
        Assert.Null(Target.Refusal(new Uri($"https://localhost:{port}/")));

        foreach (string host in new[] { "localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]" })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{host}:{port}/")));
        }

        Assert.False(inside.Pending());
    }
}
