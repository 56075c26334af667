using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>The clocks of a manufacturer's reporting duty, on its desk.</summary>
[Collection(Stage.Desks)]
public sealed class IncidentStoryTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task Story_10_Meet_the_reporting_clocks()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        using TestBoard board = await new TestBoard(work.Verifier).EnrolAsync();
        await board.AttestAsync(work.Measured);
        using HttpResponseMessage taken = await work.Body.PostTextAsync("/v1/advisories", AdvisoryFiles.Affected($"urn:uuid:{work.Manifest.CorimId}"));
        string advisory = (await taken.JsonAsync()).GetProperty("advisory").Text("id");
        await using Visit visit = await stage.SignedInAsync(work.Verifier.Address, work.Maker, Look.Phone);
        await visit.GoAsync($"/desk/manufacturer/advisories/{advisory}");

        await visit.Page.Locator("#reason").FillAsync("Seen in the wild.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open an incident" }).ClickAsync();
        await visit.Page.ArrivesAsync("**done=incident");
        string path = new Uri(visit.Page.Url).AbsolutePath;
        await visit.AssertGoodAsync(path);
        Assert.Equal(["Running: 23 November 2026, 12:00 UTC", "Running: 25 November 2026, 12:00 UTC", "Not started: "], await ClocksAsync(visit));
        Assert.Contains("1 board attests an affected build now", await visit.Page.Locator("#report").InnerTextAsync(), StringComparison.Ordinal);

        await RecordAsync(visit, "early-warning");

        work.Clock.Advance(TimeSpan.FromHours(72) + TimeSpan.FromSeconds(1));
        await using Visit later = await stage.SignedInAsync(work.Verifier.Address, work.Maker, Look.Phone);
        await later.AssertGoodAsync(path);
        Assert.Equal(["Met: 23 November 2026, 12:00 UTC", "Overdue: 25 November 2026, 12:00 UTC", "Not started: "], await ClocksAsync(later));
        await RecordAsync(later, "fix-available");

        Assert.Equal("Running: 9 December 2026, 12:00 UTC", (await ClocksAsync(later))[2]);
    }

    private static async Task RecordAsync(Visit visit, string step)
    {
        await visit.Page.Locator("#step").SelectOptionAsync(step);
        await visit.Page.Locator("#reason").FillAsync("Done by hand.");
        await visit.Page.Locator("#reason ~ button").ClickAsync();
        await visit.Page.ArrivesAsync("**done=step");
        await visit.GoAsync(new Uri(visit.Page.Url).AbsolutePath);
    }

    /// <summary>How each clock stands, and when it is due.</summary>
    private static async Task<List<string>> ClocksAsync(Visit visit)
    {
        List<string> clocks = [];
        foreach (ILocator clock in await visit.Page.Locator("#clocks li").AllAsync())
        {
            string due = await clock.Locator(".fine").InnerTextAsync();
            int at = due.IndexOf("due ", StringComparison.Ordinal);
            clocks.Add($"{await clock.Locator(".mark").InnerTextAsync()}: {(at < 0 ? "" : due[(at + 4)..].Split(" ·")[0])}");
        }

        return clocks;
    }
}
