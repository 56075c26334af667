using System.Text.RegularExpressions;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>User stories that need the public pages, named after their numbers and titles.</summary>
[Collection(Stage.Name)]
public sealed class StoryTests(Stage stage)
{
    private const int Fold = 640;

    [RequiresToolTheory(Chromium.Program)]
    [InlineData(FilledRegistry.InForce, "In force", "Self-declared, checked by the body", "22 November 2027")]
    [InlineData(FilledRegistry.Tested, "In force", "Tested by a laboratory", "22 November 2027")]
    [InlineData(FilledRegistry.Suspended, "Suspended", "Self-declared by the maker", "22 November 2027")]
    [InlineData(FilledRegistry.Withdrawn, "Withdrawn", "Self-declared, checked by the body", "22 November 2027")]
    public async Task Story_15_Scan_the_label(string id, string status, string assessed, string date)
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.VisitAsync(registry.Address, Look.Plain);
        await visit.GoAsync($"/v1/certificates/{id}/qr.svg");
        string address = (await visit.Page.Locator("svg").First.GetAttributeAsync("aria-label"))!;
        Assert.Equal($"{registry.Address.GetLeftPart(UriPartial.Authority)}/certificates/{id}", address);

        await visit.AssertGoodAsync(new Uri(address).PathAndQuery);

        foreach (string text in new[] { "Sensor", status, assessed, date, "As of", "Security updates until", "Level" })
        {
            await AssertAboveTheFoldAsync(visit, text);
        }

        Assert.True(await visit.Page.Locator(".statusbar svg path").IsVisibleAsync(), "the status has a shape");
        float summary = await TopAsync(visit, visit.Page.GetByRole(AriaRole.Heading, new() { Name = "In plain words" }));
        float record = await TopAsync(visit, visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Technical record" }));
        float download = await TopAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("CoRIM") }));
        Assert.True(summary < record && record < download, "plain words come first, then the record, then the download");
        await using Visit withScripts = await stage.VisitAsync(registry.Address, Look.Phone);
        await withScripts.AssertGoodAsync(new Uri(address).PathAndQuery);
        string html = await visit.Page.ContentAsync();
        Assert.DoesNotContain(registry.Ueids, ueid => html.Contains(ueid, StringComparison.OrdinalIgnoreCase));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_15_A_label_in_German_keeps_the_same_above_the_fold()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.GermanPlain);

        await visit.GoAsync($"/certificates/{FilledRegistry.InForce}");

        foreach (string text in new[] { "Sensor", "In Kraft", "Selbsterklärung, von der Stelle geprüft", "22. November 2027", "Stand:", "Sicherheitsupdates bis" })
        {
            await AssertAboveTheFoldAsync(visit, text);
        }
    }

    /// <summary>Status seen on the page, the label and in the feed; the other ways out are in the service tests.</summary>
    [RequiresToolFact(Chromium.Program)]
    public async Task Story_02_Suspend_with_reasons_and_page_and_label_show_it_at_once()
    {
        FilledRegistry registry = await stage.FilledAsync();
        const string Id = "DEMO-STORY-2";
        await registry.Work.IssueAsync(registry.Work.Certificate(Id));
        await using Visit visit = await stage.VisitAsync(registry.Address, Look.Desktop);
        await visit.GoAsync($"/certificates/{Id}");
        Assert.Equal("In force", await visit.Page.Locator(".statusbar .word").InnerTextAsync());

        await registry.Work.TakeAsync(new { decision = "suspend", reason = "Keys were found in the image.", actions = new[] { "Rotate the keys" } }, Id);
        await visit.GoAsync($"/certificates/{Id}");

        Assert.Equal("Suspended", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
        Assert.Contains("Rotate the keys", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Keys were found in the image.", await visit.Page.Locator(".timeline").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("22 November 2027", await visit.Page.Locator(".facts.key").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Not now", await (await visit.GoAsync($"/v1/certificates/{Id}/label.svg?lang=en")).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Keys were found in the image.", await (await visit.Page.Context.APIRequest.GetAsync("/v1/feed.atom")).TextAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_04_Answer_was_it_valid_on_that_day()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        work.Clock.Advance(TimeSpan.FromDays(2));
        await work.TakeAsync(new { decision = "suspend", reason = "advisory 7" });
        work.Clock.Advance(TimeSpan.FromDays(2));
        await work.TakeAsync(new { decision = "resume", reason = "mended", actionsVerified = true });
        work.Clock.Advance(TimeSpan.FromDays(2));
        await using Visit visit = await stage.VisitAsync(work.Verifier.Address, Look.Plain);

        foreach ((string day, string status) in new[] { ("2026-11-21", "Not yet issued"), ("2026-11-23", "In force"), ("2026-11-25", "Suspended"), ("2026-11-27", "In force") })
        {
            await visit.GoAsync("/certificates/DEMO-1");
            await visit.Page.Locator("#at").FillAsync(day);
            await visit.Page.Locator("#at ~ button").ClickAsync();
            await visit.Page.ArrivesAsync($"**at={day}");
            Assert.Equal((day, status), (day, await visit.Page.Locator(".statusbar .word").InnerTextAsync()));
            await visit.AssertFitsAsync(day);
        }

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show today" }).ClickAsync();
        Assert.Equal("In force", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
    }

    private static async Task AssertAboveTheFoldAsync(Visit visit, string text)
    {
        ILocator found = visit.Page.Locator("main").GetByText(text).First;
        LocatorBoundingBoxResult? box = await found.BoundingBoxAsync();
        Assert.True(box is not null && box.Y + box.Height <= Fold, $"\"{text}\" ends at {box?.Y + box?.Height} px, below {Fold}");
    }

    private static async Task<float> TopAsync(Visit visit, ILocator locator) => (await locator.First.BoundingBoxAsync())!.Y;
}
