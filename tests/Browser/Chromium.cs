using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>Debian's Chromium, started once for all tests that look at pages.</summary>
public sealed class Chromium : IAsyncDisposable
{
    public const string Program = "chromium";

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tools.Find(Program),

            // A container has no user namespaces for the sandbox; the pages are our own.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
