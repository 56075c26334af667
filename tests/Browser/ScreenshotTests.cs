using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>Makes the pictures of docs/screenshots; puts them into the folder that IOTATTEST_SCREENSHOTS names.</summary>
[Collection(Stage.Name)]
public sealed class ScreenshotTests(Stage stage)
{
    private const int MostBytes = 150 * 1000;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("IOTATTEST_SCREENSHOTS");

    [RequiresToolFact(Chromium.Program)]
    public async Task The_public_pages_have_their_pictures()
    {
        Showcase show = await stage.ShowcaseAsync();
        FilledRegistry registry = await stage.FilledAsync();
        const string Path = $"/certificates/{FilledRegistry.InForce}";
        await TakeAsync(await stage.VisitAsync(registry.Address, Look.Desktop), ("search", "/"), ("verify", $"/verify?q={FilledRegistry.Suspended}"));
        await TakeAsync(await stage.VisitAsync(registry.Address, Look.Phone), ("search-phone", "/"), ("certificate-phone", Path));
        await TakeAsync(await stage.VisitAsync(registry.Address, Look.Dark), ("certificate-dark", Path));
        await TakeAsync(await stage.VisitAsync(registry.Address, Look.GermanPlain), ("certificate-german", Path));
        await TakeAsync(await stage.VisitAsync(show.Address, Look.Desktop), ("build", $"/builds/{show.Mended.CorimId}"));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_desk_of_a_body_has_its_pictures()
    {
        Showcase show = await stage.ShowcaseAsync();
        await TakeAsync(await stage.SignedInAsync(show.Address, show.Work.Ann, Look.Desktop with { Height = 1260 }), ("body-desk", $"/desk/body/certificates/{Showcase.Second}"));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_desk_of_a_manufacturer_has_its_pictures()
    {
        Showcase show = await stage.ShowcaseAsync();
        await TakeAsync(
            await stage.SignedInAsync(show.Address, show.Work.Maker, Look.Desktop with { Height = 800 }),
            ("manufacturer-desk", $"/desk/manufacturer/builds/{show.Work.Manifest.CorimId}"),
            ("manufacturer-adoption", $"/desk/manufacturer/advisories/{show.Advisory}"));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_fleet_has_its_pictures()
    {
        Showcase show = await stage.ShowcaseAsync();
        await TakeAsync(await stage.SignedInAsync(show.Address, show.Grid, Look.Desktop), ("fleet", "/fleet?range=month"));
        await TakeAsync(await stage.SignedInAsync(show.Address, show.Grid, Look.Desktop with { Height = 800 }), ("device", $"/fleet/devices/{show.ChangedBoard}"));
        await TakeAsync(await stage.SignedInAsync(show.Address, show.Grid, Look.PhoneDark), ("device-phone", $"/fleet/devices/{show.ChangedBoard}"));
    }

    private static async Task TakeAsync(Visit visit, params (string Name, string Path)[] pictures)
    {
        await using (visit)
        {
            foreach ((string name, string path) in pictures)
            {
                await visit.AssertGoodAsync(path);
                byte[] picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
                Assert.True(picture.Length < MostBytes, $"{name}.png has {picture.Length} bytes; less than {MostBytes} belong into a repository");
                if (Folder is not null)
                {
                    await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.png"), picture);
                }
            }
        }
    }
}
