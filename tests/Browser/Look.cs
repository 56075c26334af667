using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>How somebody looks at a page.</summary>
public sealed record Look(string Name, int Width, int Height, ColorScheme Scheme = ColorScheme.Light, string Locale = "en-GB", bool JavaScript = true)
{
    public static Look Desktop { get; } = new("desktop", 1280, 900);

    public static Look Dark { get; } = new("dark", 1280, 900, ColorScheme.Dark);

    public static Look Phone { get; } = new("phone", 360, 640);

    public static Look PhoneDark { get; } = new("phone-dark", 360, 640, ColorScheme.Dark);

    /// <summary>What scans a label in a shop: small, and no script runs.</summary>
    public static Look Plain { get; } = new("plain", 360, 640, JavaScript: false);

    public static Look GermanPlain { get; } = Plain with { Name = "german-plain", Locale = "de-DE" };

    public BrowserNewContextOptions Options => new()
    {
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        ColorScheme = Scheme,
        Locale = Locale,
        JavaScriptEnabled = JavaScript,
        DeviceScaleFactor = 1,
    };
}
