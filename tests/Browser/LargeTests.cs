using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;

namespace IotAttest.Browser.Tests;

/// <summary>Very full lists. Their pages are timed, so nothing else runs beside them.</summary>
[Collection(Stage.Alone)]
public sealed class LargeTests(Stage stage)
{
    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Ten_thousand_certificates_and_a_hundred_thousand_boards_make_no_page_slow(string look)
    {
        LargeRegistry registry = await stage.LargeAsync();
        await using Visit visit = await stage.VisitAsync(registry.Address, look == "phone" ? Look.Phone : Look.Desktop);

        foreach (string path in PageTests.Pages.Concat(["/?q=Model+1234", "/?cursor=9975", "/certificates/BULK-00042", "/?level=high&q=2.", "/?at=2026-11-22", $"/builds/{registry.Filled.Work.Manifest.CorimId}", $"/advisories/{registry.Filled.Advisory}", "/laboratories?cursor=9950", "/changes?before=5000"]))
        {
            await visit.AssertGoodAsync(path);
        }

        await visit.GoAsync("/");
        Assert.Contains("10,004", await visit.Page.Locator("#found").InnerTextAsync(), StringComparison.Ordinal);
        await visit.GoAsync($"/certificates/{FilledRegistry.InForce}");
        Assert.Contains("100,0", await visit.Page.Locator(".tally").InnerTextAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Ten_thousand_certificates_and_a_hundred_thousand_boards_make_no_desk_slow()
    {
        LargeRegistry registry = await stage.LargeAsync();
        BodyAtWork work = registry.Filled.Work;
        await using (Visit visit = await stage.SignedInAsync(registry.Address, work.Ann, Look.Desktop))
        {
            await visit.AssertAllGoodAsync(["/desk/body", "/desk/body/certificates", "/desk/body/certificates?cursor=9000", $"/desk/body/certificates/{FilledRegistry.InForce}", "/desk/body/cases", "/desk/body/cases?cursor=50", "/desk/body/laboratories", "/desk/body/laboratories?cursor=9950", $"/desk/body/applications/{registry.Filled.Application}"]);
            Assert.Contains("100,0", await visit.Page.Locator("main").InnerTextAsync() + await TextAtAsync(visit, $"/desk/body/certificates/{FilledRegistry.InForce}"), StringComparison.Ordinal);
        }

        await using Visit maker = await stage.SignedInAsync(registry.Address, work.Maker, Look.Desktop);
        await maker.AssertAllGoodAsync(["/desk/manufacturer", "/desk/manufacturer?cursor=500", $"/desk/manufacturer/builds/{work.Manifest.CorimId}", "/desk/manufacturer/labels", "/desk/manufacturer/applications", "/desk/manufacturer/advisories", "/desk/manufacturer/incidents", "/desk/manufacturer/products", "/desk/manufacturer/submit"]);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_hundred_thousand_boards_make_no_page_of_a_fleet_slow()
    {
        await using FilledFleet fleet = await FilledFleet.StartAsync();
        await fleet.GrowAsync(LargeRegistry.Boards);
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit);
        await visit.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('#trend td')].length > 0");

        foreach (string path in new[] { "/fleet", "/fleet?group=Site+07", "/fleet?cursor=50000", "/fleet?q=01000000", "/fleet?range=month", $"/fleet/devices/{fleet.Healthy}", "/fleet/add", $"/fleet/add/{fleet.Healthy}", "/fleet/bulk", "/fleet/transfers", "/fleet/tokens", "/fleet/webhooks" })
        {
            await visit.AssertGoodAsync(path);
        }

        await visit.GoAsync("/fleet");
        Assert.Equal("100,008 boards", await visit.Page.Locator("#found").InnerTextAsync());
        Assert.Equal(50, await visit.Page.Locator(".results li").CountAsync());
    }

    private static async Task<string> TextAtAsync(Visit visit, string path)
    {
        await visit.GoAsync(path);
        return await visit.Page.Locator("main").InnerTextAsync();
    }
}
