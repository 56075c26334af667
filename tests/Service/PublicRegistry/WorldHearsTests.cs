using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.StatusLists;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Events;
using IotAttest.Support;

namespace IotAttest.Service.Tests.PublicRegistry;

/// <summary>How soon a decision is everywhere: on the page within 5 seconds, in feed, status list, webhook and label within 60.</summary>
public sealed class WorldHearsTests : IAsyncLifetime
{
    private const string Browser = "text/html";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(60);

    private BodyAtWork _work = null!;
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync(options => options with { WebhookHosts = ["127.0.0.1"] }, []);
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task A_status_that_changes_is_on_the_page_within_5_s_and_in_feed_status_list_webhook_and_label_within_60_s()
    {
        await _work.IssueAsync(_work.Certificate("DEMO-1", level: "basic"));
        Assert.Equal(201, await _work.Maker.PostJsonAsync("/v1/webhooks", new { url = _receiver.Url }).StatusAsync());
        Assert.Contains("In force", await TextAsync("/certificates/DEMO-1", Browser), StringComparison.Ordinal);
        Assert.Equal(0, await StatusInListAsync());

        await _work.TakeAsync(new { decision = "suspend", reason = "The update server accepts old versions.", actions = new[] { "mend it" } });
        long decided = Stopwatch.GetTimestamp();

        // All places at once: what is slow in one takes nothing from the time of the others.
        await Task.WhenAll(
            WithinAsync("page", Soon, decided, async () => (await TextAsync("/certificates/DEMO-1", Browser)).Contains("<p class=\"word\">Suspended</p>", StringComparison.Ordinal)),
            WithinAsync("JSON", Soon, decided, async () => await _work.StatusAsync() == "Suspended"),
            WithinAsync("search", Soon, decided, async () => (await TextAsync("/v1/search?status=Suspended")).Contains("DEMO-1", StringComparison.Ordinal)),
            WithinAsync("label", Soon, decided, async () => (await TextAsync("/v1/certificates/DEMO-1/label.svg")).Contains(">Not now<", StringComparison.Ordinal)),
            WithinAsync("status list", Later, decided, async () => await StatusInListAsync() == (int)TokenStatus.Suspended),
            WithinAsync("feed", Later, decided, async () => (await TextAsync("/v1/feed.atom")).Contains("DEMO-1: Suspended", StringComparison.Ordinal)),
            WithinAsync("changes", Later, decided, async () => (await TextAsync("/v1/registry/changes?since=0")).Contains("\"status\":\"Suspended\"", StringComparison.Ordinal)),
            WithinAsync("changes page", Later, decided, async () => (await TextAsync("/changes", Browser)).Contains("The update server accepts old versions.", StringComparison.Ordinal)),
            WithinAsync("log", Later, decided, async () => (await TextAsync("/log", Browser)).Contains("Decision about a certificate", StringComparison.Ordinal)),
            WithinAsync("webhook", Later, decided, () => Task.FromResult(_receiver.Received.Any(call => call.Body.Contains("\"Suspended\"", StringComparison.Ordinal)))));
    }

    private static async Task WithinAsync(string place, TimeSpan bound, long decided, Func<Task<bool>> holds)
    {
        await Eventually.TrueAsync(holds, $"the decision is in: {place}");
        TimeSpan took = Stopwatch.GetElapsedTime(decided);
        Assert.True(took <= Pace.Allowed(bound), $"{place}: {took} after the decision, at most {bound}");
    }

    /// <summary>The status of the first certificate: two bits of the first byte (draft-ietf-oauth-status-list).</summary>
    private async Task<int> StatusInListAsync()
    {
        string claims = (await TextAsync("/v1/statuslists/0")).Split('.')[1];
        using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        byte[] packed = Base64Url.DecodeFromChars(document.RootElement.GetProperty("status_list").GetProperty("lst").GetString());
        await using System.IO.Compression.ZLibStream unpacked = new(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        return unpacked.ReadByte() & 0b11;
    }

    private async Task<string> TextAsync(string path, string accept = "*/*")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        using HttpResponseMessage response = await _work.Anybody.SendAsync(request);
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
    }
}
