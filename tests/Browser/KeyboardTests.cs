using IotAttest.Support;

namespace IotAttest.Browser.Tests;

/// <summary>Nothing needs a mouse.</summary>
[Collection(Stage.Name)]
public sealed class KeyboardTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task A_product_is_found_and_opened_with_the_keyboard_alone()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.Desktop);
        await visit.GoAsync("/");

        await TabToAsync(visit, "#q");
        await visit.Page.Keyboard.TypeAsync(FilledRegistry.Suspended);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/?q=**");
        await TabToAsync(visit, ".results a");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync($"**/certificates/{FilledRegistry.Suspended}");

        Assert.Equal("Suspended", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_first_key_leads_past_the_navigation()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.Desktop);
        await visit.GoAsync("/changes");

        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await FocusedTextAsync(visit));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");

        Assert.True(await visit.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("/")]
    [InlineData("/verify")]
    [InlineData("/recognition")]
    [InlineData("/certificates/" + FilledRegistry.InForce)]
    public async Task Whatever_can_be_reached_shows_that_it_has_the_focus(string path)
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.Desktop);
        await visit.GoAsync(path);
        int reachable = await visit.Page.Locator("a:visible, button:visible, input:visible:not([type=hidden]), summary:visible").CountAsync();
        int reached = 0;
        for (int i = 0; i < reachable; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string outline = await visit.Page.EvaluateAsync<string>("document.activeElement === document.body ? 'end' : getComputedStyle(document.activeElement).outlineStyle");
            Assert.True(outline != "none", $"{path}: no outline on {await visit.Page.EvaluateAsync<string>("document.activeElement.outerHTML")}");
            reached += outline == "end" ? 0 : 1;
        }

        Assert.True(reached >= reachable - 1, $"{reached} of {reachable} things were reached with the keyboard");
    }

    private static async Task TabToAsync(Visit visit, string selector)
    {
        for (int i = 0; i < 50; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} is not reached with the keyboard");
    }

    private static Task<string> FocusedTextAsync(Visit visit) => visit.Page.EvaluateAsync<string>("document.activeElement.textContent");
}
