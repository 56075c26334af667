using System.Net;
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
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://017700000001/")]
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
    public void Public_addresses_are_told_from_others(string address, bool isPublic) => Assert.Equal(isPublic, WebhookTarget.IsPublic(IPAddress.Parse(address)));
}
