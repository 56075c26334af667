using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>A form that was filled in wrongly, mended with the keyboard alone.</summary>
[Collection(Stage.Name)]
public sealed class RefusedFormTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task The_refusal_has_the_focus_what_was_typed_is_there_and_the_next_key_leads_to_it()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/webhooks");
        await visit.Page.Locator("#url").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("http://10.0.0.1/hook");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForSelectorAsync("#refused");

        Assert.Equal("refused", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.True(await visit.Page.Locator("form:has(#url) #refused").IsVisibleAsync(), "the refusal stands elsewhere");
        Assert.Equal("http://10.0.0.1/hook", await visit.Page.Locator("#url").InputValueAsync());
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("url", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.Page.Locator("#url").FillAsync("https://hooks.example.com/keyboard");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForSelectorAsync("#secret");

        Assert.Equal(0, await visit.Page.Locator("#refused").CountAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "https://hooks.example.com/keyboard" }).Last.ClickAsync();
        await visit.Page.ArrivesAsync("**done=webhook-delete");
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_refused_form_can_be_used_by_everybody()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Phone);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/webhooks");
        await visit.Page.Locator("#url").FillAsync("http://10.0.0.1/hook");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForSelectorAsync("#refused");

        await visit.AssertAccessibleAsync("a refused form of the fleet");
        await visit.AssertFitsAsync("a refused form of the fleet");
    }
}
