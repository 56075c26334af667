using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>Every public page as it is seen: desktop and 360 px, light and dark, without JavaScript, in German and from right to left.</summary>
[Collection(Stage.Name)]
public sealed class PageTests(Stage stage)
{
    internal static readonly string[] Pages =
    [
        "/", "/?q=sensor", "/?scheme=demo&status=Withdrawn", $"/certificates/{FilledRegistry.InForce}", $"/certificates/{FilledRegistry.Suspended}", $"/certificates/{FilledRegistry.Withdrawn}",
        $"/certificates/{FilledRegistry.Tested}", "/verify", $"/verify?q={FilledRegistry.InForce}", "/recognition", "/changes", "/data", "/data/openapi",
        "/criteria", "/criteria/en-303-645", $"/criteria/demo?certificate={FilledRegistry.InForce}", "/criteria/sg-cls", "/log", "/log?before=5", "/log/1", "/log/3", "/advisories", "/laboratories", "/evaluations", "/sign-in",
    ];

    private static readonly string[] EmptyPages = ["/", "/?q=nothing", "/verify?q=nothing", "/changes", "/data", "/recognition", "/log", "/advisories", "/laboratories", "/evaluations"];

    private static readonly (string Path, int Status)[] Errors = [("/nowhere", 404), ("/certificates/none", 404), ("/builds/none", 404), ("/criteria/none", 404), ("/log/0", 404), ("/log/999999", 404), ("/advisories/none", 404), ("/?limit=0", 400), ("/?status=Fine", 400), ("/certificates/DEMO-2026-0001?at=tomorrow", 400)];

    private static IEnumerable<Look> AllLooks => [Look.Desktop, Look.Dark, Look.Phone, Look.PhoneDark, Look.GermanPlain];

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("dark")]
    [InlineData("phone-dark")]
    [InlineData("german-plain")]
    public async Task Every_page_is_right_small_and_fast(string look)
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.VisitAsync(registry.Address, Named(look));

        foreach (string path in Pages.Append($"/builds/{registry.Work.Manifest.CorimId}").Append($"/advisories/{registry.Advisory}"))
        {
            await visit.AssertGoodAsync(path);
        }
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task Every_page_says_when_there_is_nothing_to_show(string look)
    {
        await using Visit visit = await stage.VisitAsync((await stage.EmptyAsync()).Address, Named(look));

        foreach (string path in EmptyPages)
        {
            await visit.AssertGoodAsync(path);
        }

        await visit.GoAsync("/");
        Assert.Equal("The registry is empty", await visit.Page.Locator(".empty .lead").InnerTextAsync());
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task An_error_is_a_page_that_says_what_to_do(string look)
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Named(look));

        foreach ((string path, int status) in Errors)
        {
            await visit.AssertGoodAsync(path, status);
        }
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task From_right_to_left_every_page_still_fits_and_is_mirrored(string look)
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Named(look));
        await visit.AssertMirroredAsync(Pages);
        await visit.GoAsync("/");
        LocatorBoundingBoxResult brand = (await visit.Page.Locator(".brand").BoundingBoxAsync())!;
        Assert.True(brand.X > Named(look).Width / 2.0, "the brand stays at the left");
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_language_is_that_of_the_browser_until_somebody_chooses_another_one()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.GermanPlain);

        await visit.GoAsync("/");
        Assert.Equal("Zertifizierte Produkte", await visit.Page.Locator("h1").InnerTextAsync());
        await visit.Page.GetByText("English").ClickAsync();
        Assert.Equal("Certified products", await visit.Page.Locator("h1").InnerTextAsync());
        await visit.GoAsync("/recognition");
        Assert.Equal("en", await visit.Page.Locator("html").GetAttributeAsync("lang"));
    }

    private static Look Named(string name) => AllLooks.Single(look => look.Name == name);
}
