using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>What only two weeks of boards can show: curves, reports of laboratories, the difference of two bills of materials.</summary>
[Collection(Stage.Name)]
public sealed class ShowcaseTests(Stage stage)
{
    [RequiresToolTheory(Chromium.Program)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task How_boards_move_to_the_mended_build_is_drawn_over_its_table(bool isPublic)
    {
        Showcase show = await stage.ShowcaseAsync();
        string path = isPublic ? $"/advisories/{show.Advisory}" : $"/desk/manufacturer/advisories/{show.Advisory}";
        await using Visit visit = await VisitAsync(show, isPublic, Look.Desktop);

        await visit.AssertGoodAsync(path);

        Assert.True(await visit.Page.Locator(".chart canvas").IsVisibleAsync(), "no chart");
        Assert.Equal(["Fixed", "Affected", isPublic ? "Others" : "Other"], await visit.Page.Locator(".chart .u-series .u-label").AllInnerTextsAsync());
        int[] values = await ColumnAsync(visit, "Fixed");
        Assert.True(values.Length > 5 && values[0] >= 20, $"the newest day comes first, and by then many boards run the mended build: {string.Join(' ', values)}");
        Assert.Equal(values.OrderDescending(), values);

        await using Visit plain = await VisitAsync(show, isPublic, Look.Plain);
        await plain.AssertGoodAsync(path);
        Assert.False(await plain.Page.Locator(".chart").IsVisibleAsync());
        Assert.Equal(values, await ColumnAsync(plain, "Fixed"));
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("en-GB", "22 Nov")]
    [InlineData("de-DE", "22. Nov.")]
    public async Task The_days_of_a_chart_are_told_once_each_and_in_full(string locale, string expected)
    {
        Showcase show = await stage.ShowcaseAsync();
        await using Visit visit = await stage.VisitAsync(show.Address, Look.Desktop with { Locale = locale });

        // Labels are pixels: what is drawn is caught where it is drawn.
        await visit.Page.AddInitScriptAsync(
            """
            globalThis.drawn = [];
            const draw = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, ...rest) {
                const { a, e } = this.getTransform();
                drawn.push({ text, end: a * x + e + this.measureText(text).width / 2, width: this.canvas.width });
                return draw.call(this, text, x, ...rest);
            };
            """);
        await visit.GoAsync($"/advisories/{show.Advisory}");
        await visit.Page.WaitForFunctionAsync("() => drawn.length > 0");

        string[] days = await visit.Page.EvaluateAsync<string[]>("drawn.map(each => each.text).filter(text => /Nov|Dec|Dez/.test(text))");
        Assert.True(days.Length > 3, string.Join(", ", days));
        Assert.Contains(expected, days);
        Assert.DoesNotContain(days.Zip(days.Skip(1)), pair => pair.First == pair.Second);
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("drawn.filter(each => each.end > each.width).map(each => each.text)"));
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("desktop")]
    [InlineData("german-plain")]
    public async Task Conformance_reports_stand_beside_their_build_with_who_attached_them_and_how_they_ended(string look)
    {
        Showcase show = await stage.ShowcaseAsync();
        bool isGerman = look == Look.GermanPlain.Name;
        await using Visit visit = await stage.VisitAsync(show.Address, isGerman ? Look.GermanPlain : Look.Desktop);
        await visit.AssertGoodAsync($"/builds/{show.Work.Manifest.CorimId}");
        ILocator reports = visit.Page.Locator("#reports li");

        string[] shown = [.. await reports.AllInnerTextsAsync()];

        Assert.Equal(2, shown.Length);
        Assert.Contains("lab", shown[0], StringComparison.Ordinal);
        Assert.Contains("acme", shown[1], StringComparison.Ordinal);
        Assert.NotEqual(await reports.Nth(0).Locator(".mark").InnerTextAsync(), await reports.Nth(1).Locator(".mark").InnerTextAsync());
        Assert.Equal(1, await reports.Nth(1).Locator(".mark.bad").CountAsync());
        IAPIResponse file = await visit.Page.Context.APIRequest.GetAsync((await reports.Nth(0).GetByRole(AriaRole.Link).GetAttributeAsync("href"))!);
        Assert.Equal(200, file.Status);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task The_bill_of_materials_is_compared_with_that_of_the_last_certified_build()
    {
        Showcase show = await stage.ShowcaseAsync();
        await using Visit visit = await stage.SignedInAsync(show.Address, show.Work.Maker, Look.Phone);

        await visit.AssertGoodAsync($"/desk/manufacturer/builds/{show.Newest.CorimId}");

        string difference = await visit.Page.Locator("#sbom").InnerTextAsync();
        Assert.Contains("1.1.0", difference, StringComparison.Ordinal);
        string[] rows = [.. (await visit.Page.Locator("#sbom tbody tr").AllInnerTextsAsync()).Select(row => string.Join(' ', row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal(["cjson Added – 1.7.18", "littlefs Removed 2.9.0 –", "mbedtls Other version 3.6.1 3.6.2"], rows.Order(StringComparer.Ordinal));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Each_certificate_of_a_build_says_how_it_stands()
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.VisitAsync(registry.Address, Look.Phone);

        await visit.AssertGoodAsync($"/builds/{registry.Work.Manifest.CorimId}");
        Assert.Equal("Withdrawn", await MarkOfAsync(visit, FilledRegistry.Withdrawn));
        Assert.Equal("In force", await MarkOfAsync(visit, FilledRegistry.InForce));
        await visit.AssertGoodAsync($"/verify?q={registry.Work.Manifest.Components[0].Digest}");
        Assert.Equal("Suspended", await MarkOfAsync(visit, FilledRegistry.Suspended));
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData("jp-jc-star", "Die Bedingungen der Regel sind nicht geprüft.")]
    [InlineData("kr-cic", "Die Stufe ist 2; nötig ist 3 oder höher.")]
    [InlineData("eu-cra", "Keine Regel führt von ")]
    public async Task Why_a_scheme_counts_a_certificate_or_not_is_told_in_the_language_of_the_page(string scheme, string why)
    {
        Showcase show = await stage.ShowcaseAsync();
        await using Visit visit = await stage.SignedInAsync(show.Address, show.Work.Maker, Look.GermanPlain);

        await visit.GoAsync($"/desk/manufacturer/builds/{show.Work.Manifest.CorimId}");

        Assert.StartsWith(why, (await visit.Page.Locator($"tr[data-scheme={scheme}] .prose").InnerTextAsync()).Trim(), StringComparison.Ordinal);
    }

    private static Task<string> MarkOfAsync(Visit visit, string certificate) => visit.Page.Locator(".links li", new() { HasText = certificate }).Locator(".mark").InnerTextAsync();

    private Task<Visit> VisitAsync(Showcase show, bool isPublic, Look look) => isPublic ? stage.VisitAsync(show.Address, look) : stage.SignedInAsync(show.Address, show.Work.Maker, look);

    private static async Task<int[]> ColumnAsync(Visit visit, string head)
    {
        string[] heads = [.. await visit.Page.Locator("#curve thead th").AllInnerTextsAsync()];
        int column = 1 + Array.IndexOf(heads, head);
        Assert.True(column > 0, string.Join(", ", heads));
        return [.. (await visit.Page.Locator($"#curve tbody tr > :nth-child({column})").AllInnerTextsAsync()).Select(int.Parse)];
    }
}
