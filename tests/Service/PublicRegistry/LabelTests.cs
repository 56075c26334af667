using System.Xml.Linq;
using IotAttest.Service.Registry.Label;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed class LabelTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1", level: "basic"));
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Fact]
    public async Task A_label_follows_the_status_with_word_and_shape()
    {
        string inForce = await LabelAsync("en");
        await _work.TakeAsync(new { decision = "suspend", reason = "test", actions = new[] { "mend it" } });
        string suspended = await LabelAsync("en");
        await _work.TakeAsync(new { decision = "withdraw", reason = "test" });
        string withdrawn = await LabelAsync("en");

        Assert.Contains(">In force<", inForce, StringComparison.Ordinal);
        Assert.Contains("<circle", inForce, StringComparison.Ordinal);
        Assert.Contains(">Not now<", suspended, StringComparison.Ordinal);
        Assert.DoesNotContain("<circle", suspended, StringComparison.Ordinal);
        Assert.Contains(">Ended<", withdrawn, StringComparison.Ordinal);
        Assert.Contains(">Beendet<", await LabelAsync("de"), StringComparison.Ordinal);
        Assert.Contains(">Ended<", await LabelAsync("xx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label.svg")]
    [InlineData("qr.svg")]
    public async Task A_drawing_is_kept_for_a_minute_at_most_and_is_well_formed(string name)
    {
        using HttpResponseMessage response = await _work.Anybody.GetAsync(new Uri($"/v1/certificates/DEMO-1/{name}", UriKind.Relative));

        Assert.True(response.Headers.CacheControl!.MaxAge <= TimeSpan.FromSeconds(60));
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        XElement svg = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("20mm", svg.Attribute("width")!.Value);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "style" or "image" or "a");
    }

    [Fact]
    public async Task The_code_holds_the_address_of_the_option_and_nothing_of_the_request()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(_work.Clock, options => options with { DataDirectory = Directory.CreateTempSubdirectory("iotattest-test-").FullName, PublicUrl = new Uri("https://registry.example/") });
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/feed.atom", UriKind.Relative)) { Headers = { Host = "evil.example" } };
        using HttpClient anybody = verifier.Anybody();
        using HttpResponseMessage response = await anybody.SendAsync(request);

        string feed = await response.Content.ReadAsStringAsync();

        Assert.Contains("https://registry.example/v1/feed.atom", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", feed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://registry.example/")]
    [InlineData("https://registry.example/?a=b")]
    [InlineData("ftp://registry.example/")]
    public async Task An_address_that_labels_must_not_carry_is_refused_at_start(string address)
    {
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => VerifierUnderTest.StartAsync(change: options => options with { PublicUrl = new Uri(address) }));

        Assert.Contains("PublicUrl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_has_its_quiet_zone_and_every_dark_module_once()
    {
        QrPath code = QrPath.Of("https://registry.example/certificates/DEMO-1");

        Assert.StartsWith("M4 4h7v1", code.Data, StringComparison.Ordinal);
        Assert.Equal(0, (code.Modules - 8 - 17) % 4);
    }

    private async Task<string> LabelAsync(string language) => await _work.Anybody.GetStringAsync(new Uri($"/v1/certificates/DEMO-1/label.svg?lang={language}", UriKind.Relative));
}
