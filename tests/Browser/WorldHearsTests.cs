using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using IotAttest.Domain.StatusLists;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Events;
using IotAttest.Support;

namespace IotAttest.Browser.Tests;

/// <summary>From the click on the desk to everybody who looks.</summary>
[Collection(Stage.Desks)]
public sealed class WorldHearsTests(Stage stage)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(60);

    [RequiresToolFact(Chromium.Program)]
    public async Task A_decision_on_the_desk_is_on_the_public_page_within_5_s_and_in_feed_status_list_webhook_and_label_within_60_s()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await work.IssueAsync(work.Certificate("DEMO-1", level: "basic"));
        Assert.Equal(201, await work.Maker.PostJsonAsync("/v1/webhooks", new { url = receiver.Url }).StatusAsync());
        await using Visit shopper = await stage.VisitAsync(work.Verifier.Address, Look.Phone);
        await shopper.GoAsync("/certificates/DEMO-1");
        Assert.Equal("In force", await shopper.Page.Locator(".statusbar .word").InnerTextAsync());
        await using Visit ann = await stage.SignedInAsync(work.Verifier.Address, work.Ann, Look.Desktop);
        await ann.GoAsync("/desk/body/certificates/DEMO-1");
        await ann.UnfoldAsync("Suspend");
        await ann.Page.Locator("#suspend-reason").FillAsync("Keys were found in the image.");
        await ann.Page.Locator("#suspend-actions").FillAsync("Rotate the keys");

        long clicked = Stopwatch.GetTimestamp();
        await ann.Page.Locator("#suspend-reason ~ button").ClickAsync();

        await WithinAsync("page", Soon, clicked, async () =>
        {
            await shopper.GoAsync("/certificates/DEMO-1");
            return await shopper.Page.Locator(".statusbar .word").InnerTextAsync() == "Suspended";
        });
        await Task.WhenAll(
            WithinAsync("feed", Later, clicked, async () => (await TextAsync(work, "/v1/feed.atom")).Contains("DEMO-1: Suspended", StringComparison.Ordinal)),
            WithinAsync("status list", Later, clicked, async () => await StatusInListAsync(work) == TokenStatus.Suspended),
            WithinAsync("webhook", Later, clicked, () => Task.FromResult(receiver.Received.Any(call => call.Body.Contains("\"Suspended\"", StringComparison.Ordinal)))),
            WithinAsync("label", Later, clicked, async () => (await TextAsync(work, "/v1/certificates/DEMO-1/label.svg?lang=en")).Contains("Not now", StringComparison.Ordinal)));
    }

    private static async Task WithinAsync(string place, TimeSpan bound, long clicked, Func<Task<bool>> holds)
    {
        await Eventually.TrueAsync(holds, $"the decision is in: {place}");
        TimeSpan took = Stopwatch.GetElapsedTime(clicked);
        Assert.True(took <= Pace.Allowed(bound), $"{place}: {took} after the click, at most {bound}");
    }

    private static Task<string> TextAsync(BodyAtWork work, string path) => work.Anybody.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>The status of the first certificate: two bits of the first byte (draft-ietf-oauth-status-list).</summary>
    private static async Task<TokenStatus> StatusInListAsync(BodyAtWork work)
    {
        string claims = (await TextAsync(work, "/v1/statuslists/0")).Split('.')[1];
        using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        byte[] packed = Base64Url.DecodeFromChars(document.RootElement.GetProperty("status_list").GetProperty("lst").GetString());
        await using ZLibStream unpacked = new(new MemoryStream(packed), CompressionMode.Decompress);
        return (TokenStatus)(unpacked.ReadByte() & 0b11);
    }
}
