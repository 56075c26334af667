using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>What must hold for every page, whatever it shows.</summary>
internal static class PageChecks
{
    private const int MostBytes = 100 * 1024;
    private const int Chances = 5;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1);

    /// <summary>Opens a page and checks all of it.</summary>
    public static async Task AssertGoodAsync(this Visit visit, string path, int status = 200)
    {
        visit.Complaints.Clear();
        IResponse response = await visit.GoFastAsync(path);

        Assert.True(response.Status == status, $"{path}: {response.Status} {await response.TextAsync()}");
        int bytes = await visit.TransferredAsync();
        Assert.True(bytes < MostBytes, $"{path} sent {bytes} bytes");

        // Chromium itself writes a line about a page that is answered with an error.
        Assert.DoesNotContain(visit.Complaints, complaint => status == 200 || !complaint.Contains($"status of {status.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        await visit.AssertFitsAsync(path);
        if (visit.Look.JavaScript)
        {
            // axe-core is a script itself, and waits for ever where none runs; the same page is checked where one does.
            await visit.AssertAccessibleAsync(path);
        }

        Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
        Assert.NotEqual("", await visit.Page.TitleAsync());
    }

    /// <summary>Opens pages one after the other and checks all of each; none sends the reader elsewhere.</summary>
    public static async Task AssertAllGoodAsync(this Visit visit, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            await visit.AssertGoodAsync(path);
            Assert.EndsWith(path, visit.Page.Url, StringComparison.Ordinal);
        }
    }

    /// <summary>Nothing sticks out at the side.</summary>
    public static async Task AssertFitsAsync(this Visit visit, string path)
    {
        int excess = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(excess <= 0, $"{path} is {excess} px wider than the window");
    }

    /// <summary>Pages of a language that is written from right to left: mirrored, and nothing sticks out.</summary>
    public static async Task AssertMirroredAsync(this Visit visit, IEnumerable<string> paths)
    {
        await visit.GoAsync("/?lang=ar-XB");
        foreach (string path in paths)
        {
            Assert.Equal(200, (await visit.GoAsync(path)).Status);
            await visit.AssertFitsAsync(path);
            await visit.AssertAccessibleAsync(path);
            Assert.Equal("rtl", await visit.Page.Locator("html").GetAttributeAsync("dir"));
        }
    }

    /// <summary>axe-core finds no violation of WCAG 2.2, levels A and AA.</summary>
    public static async Task AssertAccessibleAsync(this Visit visit, string path)
    {
        JsonElement[] violations = await Axe.ViolationsAsync(visit);
        Assert.True(violations.Length == 0, $"{path}: {JsonSerializer.Serialize(violations)}");
    }

    /// <summary>Opens a page within the time it may take. A machine that does other work too gets more than one chance: the page is meant, not the machine.</summary>
    private static async Task<IResponse> GoFastAsync(this Visit visit, string path)
    {
        for (int chance = 1; ; chance++)
        {
            long start = Stopwatch.GetTimestamp();
            IResponse response = await visit.GoAsync(path);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took < Pace.Allowed(Slowest))
            {
                return response;
            }

            Assert.True(chance < Chances, $"{path} took {took}, and no less in {Chances} visits");
        }
    }
}
