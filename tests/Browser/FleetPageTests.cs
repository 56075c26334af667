using IotAttest.Service.Tests;
using IotAttest.Support;

namespace IotAttest.Browser.Tests;

/// <summary>The pages of the integrator's desk: full, empty, wrong and very full.</summary>
[Collection(Stage.Desks)]
public sealed class FleetPageTests(Stage stage)
{
    internal static readonly string[] Pages =
    [
        "/fleet", "/fleet?conformity=Compromised", "/fleet?q=ffffffffffffffffffff", "/fleet?range=month", "/fleet/add", "/fleet/add?kind=certificate", "/fleet/add?kind=simulated", "/fleet/add/01ffffffffffffffffffffffffffffffff",
        "/fleet/bulk", "/fleet/transfers", "/fleet/tokens", "/fleet/webhooks",
    ];

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("german-plain")]
    public async Task Every_page_of_a_fleet_is_right_small_and_fast(string look)
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Named(look));
        await fleet.SignInAsync(visit);

        foreach (string path in Pages.Concat([$"/fleet/devices/{fleet.Healthy}", $"/fleet/devices/{fleet.Tampered}", $"/fleet/devices/{fleet.Cloned}", $"/fleet/add/{fleet.Tampered}"]))
        {
            await visit.AssertGoodAsync(path);
        }
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task From_right_to_left_every_page_of_a_fleet_still_fits_and_is_mirrored(string look)
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Named(look));
        await fleet.SignInAsync(visit);

        await visit.AssertMirroredAsync([.. Pages, $"/fleet/devices/{fleet.Tampered}", $"/fleet/add/{fleet.Tampered}"]);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_phone_shows_the_result_of_each_claim_without_scrolling()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Phone);
        await fleet.SignInAsync(visit);
        await visit.GoAsync($"/fleet/devices/{fleet.Tampered}");

        foreach (Microsoft.Playwright.ILocator mark in await visit.Page.Locator(".sheet tr:visible .mark").AllAsync())
        {
            Microsoft.Playwright.LocatorBoundingBoxResult box = (await mark.BoundingBoxAsync())!;
            Assert.True(box.X + box.Width <= Look.Phone.Width, $"{await mark.InnerTextAsync()} ends at {box.X + box.Width} px");
        }
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Who_has_no_board_is_told_how_to_get_one()
    {
        VerifierUnderTest verifier = await stage.EmptyAsync();
        using HttpClient nobody = await verifier.OrganisationAsync("newcomer", "integrator");
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(verifier.Address, Look.Phone);
        await fleet.SignInAsync(visit, nobody.DefaultRequestHeaders.Authorization!.Parameter);

        foreach (string path in Pages)
        {
            await visit.AssertGoodAsync(path);
        }

        await visit.GoAsync("/fleet");
        Assert.Equal("No board is enrolled yet", await visit.Page.Locator(".empty .lead").InnerTextAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_mistake_is_answered_with_a_page()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit);

        await visit.AssertGoodAsync("/fleet/devices/none", 404);
        await visit.AssertGoodAsync("/fleet?conformity=Fine", 400);
        await visit.AssertGoodAsync("/fleet?range=year", 400);
        await visit.AssertGoodAsync("/fleet?q=xyz", 400);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Another_organisation_sees_none_of_it()
    {
        FilledFleet fleet = await stage.FleetAsync();
        using HttpClient rival = await fleet.Work.Verifier.OrganisationAsync("rival-grid", "integrator");
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit, rival.DefaultRequestHeaders.Authorization!.Parameter);

        Assert.Equal(404, (await visit.GoAsync($"/fleet/devices/{fleet.Healthy}")).Status);
        await visit.GoAsync($"/fleet/add/{fleet.Healthy}");
        Assert.Equal("Unknown", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
        await visit.GoAsync("/fleet");
        Assert.Equal("No board is enrolled yet", await visit.Page.Locator(".empty .lead").InnerTextAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_board_is_found_and_put_into_a_group_with_the_keyboard_alone()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit);

        await TabToAsync(visit, "#q");
        await visit.Page.Keyboard.TypeAsync(fleet.Tampered);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync("**q=**");
        await TabToAsync(visit, ".results a");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync($"**/{fleet.Tampered}");
        await TabToAsync(visit, ".actions summary");
        await visit.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(visit, "#group");
        await visit.Page.Keyboard.TypeAsync("Roof");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync("**done=group");

        Assert.Contains("Roof", await visit.Page.Locator(".facts.key").InnerTextAsync(), StringComparison.Ordinal);
    }

    internal static async Task TabToAsync(Visit visit, string selector)
    {
        for (int i = 0; i < 150; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} is not reached with the keyboard");
    }

    private static Look Named(string name) => new[] { Look.Desktop, Look.Dark, Look.Phone, Look.GermanPlain }.Single(look => look.Name == name);
}
