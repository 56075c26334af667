using IotAttest.Service.Tests;
using IotAttest.Support;

namespace IotAttest.Browser.Tests;

/// <summary>The desks of body and manufacturer as they are seen: normal, empty, wrong and full.</summary>
[Collection(Stage.Desks)]
public sealed class DeskTests(Stage stage)
{
    internal static readonly string[] BodyPages =
    [
        "/desk", "/desk/body", "/desk/body/certificates", $"/desk/body/certificates/{FilledRegistry.InForce}", $"/desk/body/certificates/{FilledRegistry.Suspended}",
        $"/desk/body/certificates/{FilledRegistry.Withdrawn}", "/desk/body/cases", "/desk/body/cases?state=decided", "/desk/body/laboratories",
    ];

    internal static readonly string[] MakerPages =
    [
        "/desk", "/desk/manufacturer", "/desk/manufacturer/submit", "/desk/manufacturer/applications", "/desk/manufacturer/advisories", "/desk/manufacturer/incidents",
        "/desk/manufacturer/products", "/desk/manufacturer/labels", $"/desk/manufacturer/labels/{FilledRegistry.InForce}",
    ];

    private static readonly string[] EmptyPages =
    [
        "/desk/body", "/desk/body/certificates", "/desk/body/cases", "/desk/body/laboratories", "/desk/manufacturer", "/desk/manufacturer/applications", "/desk/manufacturer/advisories",
        "/desk/manufacturer/incidents", "/desk/manufacturer/products", "/desk/manufacturer/labels",
    ];

    private static readonly (string Path, int Status)[] Errors =
    [
        ("/desk/body/certificates/none", 404), ("/desk/body/applications/99999", 404), ("/desk/body/cases/99999", 404), ("/desk/body/cases?state=odd", 400), ("/desk/body/certificates?cursor=x", 400), ("/desk/manufacturer", 403),
    ];

    private static IEnumerable<Look> AllLooks => [Look.Desktop, Look.Dark, Look.PhoneDark, Look.GermanPlain];

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("dark")]
    [InlineData("phone-dark")]
    [InlineData("german-plain")]
    public async Task Every_page_of_the_desks_is_right_small_and_fast(string look)
    {
        FilledRegistry registry = await stage.FilledAsync();
        string build = registry.Work.Manifest.CorimId.ToString();
        await using (Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Named(look)))
        {
            await visit.AssertAllGoodAsync([.. BodyPages, $"/desk/body/cases/{registry.Appeal}", $"/desk/body/applications/{registry.Application}"]);
        }

        await using Visit maker = await stage.SignedInAsync(registry.Address, registry.Work.Maker, Named(look));
        await maker.AssertAllGoodAsync([.. MakerPages, $"/desk/manufacturer/builds/{build}", $"/desk/manufacturer/builds/{build}?scheme=demo/substantial", $"/desk/manufacturer/advisories/{registry.Advisory}", $"/desk/manufacturer/incidents/{registry.Incident}"]);
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task Every_page_of_the_desks_says_when_there_is_nothing_to_show(string look)
    {
        VerifierUnderTest empty = await stage.EmptyAsync();
        using HttpClient nobody = empty.Operator();
        await using Visit visit = await stage.SignedInAsync(empty.Address, nobody, Named(look));

        await visit.AssertAllGoodAsync(EmptyPages);
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task An_error_on_a_desk_is_a_page_that_says_what_to_do(string look)
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Named(look));

        foreach ((string path, int status) in Errors)
        {
            await visit.AssertGoodAsync(path, status);
        }
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("phone-dark")]
    public async Task From_right_to_left_every_page_of_the_desks_still_fits_and_is_mirrored(string look)
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using (Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Named(look)))
        {
            await visit.AssertMirroredAsync([.. BodyPages, $"/desk/body/cases/{registry.Appeal}", $"/desk/body/applications/{registry.Application}"]);
        }

        await using Visit maker = await stage.SignedInAsync(registry.Address, registry.Work.Maker, Named(look));
        await maker.AssertMirroredAsync([.. MakerPages, $"/desk/manufacturer/builds/{registry.Work.Manifest.CorimId}", $"/desk/manufacturer/advisories/{registry.Advisory}"]);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task What_waits_for_a_body_includes_its_open_cases()
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Desktop);
        await visit.GoAsync("/desk/body");

        await visit.Page.Locator("#cases").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = $"Appeal {registry.Appeal}" }).ClickAsync();

        await visit.Page.ArrivesAsync($"**/desk/body/cases/{registry.Appeal}");
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_chart_draws_the_numbers_of_the_table_and_without_JavaScript_the_table_stays()
    {
        // Its own: a day passes, which is nothing for the others.
        await using FilledRegistry registry = await FilledRegistry.StartAsync();
        string path = $"/desk/body/certificates/{FilledRegistry.InForce}";
        await using (Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Plain))
        {
            await visit.GoAsync(path);
            Assert.False(await visit.Page.Locator(".chart").IsVisibleAsync());

            // Their build is the certified one, and an advisory is open about it.
            Assert.Equal("14", await visit.Page.Locator("#groups tr[data-name=other] td").InnerTextAsync());
            Assert.Equal("12", await visit.Page.Locator("#groups tr[data-name=drifted] td").InnerTextAsync());
        }

        registry.Work.Clock.Advance(TimeSpan.FromDays(1));
        await using Visit scripted = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Desktop);
        await scripted.AssertGoodAsync(path);
        Assert.True(await scripted.Page.Locator(".chart canvas").IsVisibleAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_certificate_is_reached_and_its_form_opened_with_the_keyboard_alone()
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Desktop);
        await visit.GoAsync("/desk/body/certificates");
        await TabToAsync(visit, "tbody a");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/desk/body/certificates/**");
        await TabToAsync(visit, "#decide summary");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("suspend-reason", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    private static async Task TabToAsync(Visit visit, string selector)
    {
        for (int i = 0; i < 60; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} is not reached with the keyboard");
    }

    private static Look Named(string name) => AllLooks.Single(look => look.Name == name);
}
