using System.Text.RegularExpressions;
using IotAttest.Service.Tests;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>Waits for pages that a click or a key leads to.</summary>
internal static class Arrivals
{
    private const string NowAt = "() => document.readyState === 'complete' ? location.href : ''";

    /// <summary>Waits until the page stands at an address that fits, with <c>**</c> for any text.</summary>
    /// <remarks>The page itself is asked, again and again: on a busy machine the event that Playwright waits for can pass between its look at the address and its wait.</remarks>
    public static Task ArrivesAsync(this IPage page, string address)
    {
        Regex fits = new($"^{Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
        return Eventually.TrueAsync(async () => fits.IsMatch(await NowAtAsync(page)), $"the page is at {address}");
    }

    private static async Task<string> NowAtAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>(NowAt);
        }
        catch (PlaywrightException)
        {
            // The document goes while it is asked: the next one is on its way.
            return "";
        }
    }
}
