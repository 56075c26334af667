using System.Text.Json;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>User stories that need the desks, named after their numbers and titles.</summary>
[Collection(Stage.Desks)]
public sealed class DeskStoryTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task Story_01_See_live_conformity_of_what_I_certified()
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Desktop);
        await visit.GoAsync($"/desk/body/certificates/{FilledRegistry.InForce}");

        string csv = await (await visit.Page.Context.APIRequest.GetAsync($"/desk/body/certificates/{FilledRegistry.InForce}/surveillance.csv")).TextAsync();

        foreach (string group in new[] { "conformant", "pending", "drifted", "silent", "other", "unheard" })
        {
            string shown = await visit.Page.Locator($"#groups tr[data-name={group}] td").InnerTextAsync();
            Assert.Contains($",group,{group},{shown}\r\n", csv, StringComparison.Ordinal);
        }

        string html = await visit.Page.ContentAsync();
        Assert.DoesNotContain(registry.Ueids, ueid => html.Contains(ueid, StringComparison.OrdinalIgnoreCase));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_02_Suspend_with_reasons_and_the_world_hears()
    {
        FilledRegistry registry = await stage.FilledAsync();
        const string Id = "DEMO-STORY-2-DESK";
        await registry.Work.IssueAsync(registry.Work.Certificate(Id, level: "high"));
        string until = (await registry.Work.ReadAsync(Id)).Text("validUntil");
        await using Visit ann = await stage.SignedInAsync(registry.Address, registry.Work.Ann, Look.Desktop);
        await ann.GoAsync($"/desk/body/certificates/{Id}");

        await SuspendAsync(ann, " ");
        Assert.Contains("reason", await ann.Page.Locator("#refused").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Rotate the keys", await ann.Page.Locator("#suspend-actions").InputValueAsync());
        await ann.AssertAccessibleAsync("a refused form");
        await ann.Page.Locator("#suspend-reason").FillAsync("Keys were found in the image.");
        await ann.Page.Locator("#suspend-reason ~ button").ClickAsync();
        await ann.Page.ArrivesAsync("**done=proposed");
        Assert.Equal("Certified", await registry.Work.StatusAsync(Id));
        await ann.GoAsync("/desk/body");
        Assert.Contains("another person has to confirm it", await ann.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await using Visit bob = await stage.SignedInAsync(registry.Address, registry.Work.Bob, Look.Plain);
        await bob.GoAsync("/desk/body");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = $"Confirm: Suspend, {Id}" }).ClickAsync();
        await bob.Page.ArrivesAsync("**done=confirmed");

        await bob.GoAsync($"/certificates/{Id}");
        Assert.Equal("Suspended", await bob.Page.Locator(".statusbar .word").InnerTextAsync());
        JsonElement after = await registry.Work.ReadAsync(Id);
        Assert.Equal(("Suspended", until), (after.Text("status"), after.Text("validUntil")));
        Assert.Contains("Not now", await (await bob.Page.Context.APIRequest.GetAsync($"/v1/certificates/{Id}/label.svg?lang=en")).TextAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_06_Handle_an_appeal_fairly()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        using HttpClient carol = await work.PersonAsync("demo-cb", "carol");
        await work.IssueAsync(work.Certificate());
        await work.TakeAsync(new { decision = "suspend", reason = "advisory 7" });
        using HttpResponseMessage filed = await work.Maker.PostJsonAsync("/v1/cases", new { type = "appeal", certificate = "DEMO-1", decision = 2, summary = "The advisory is about another product." });
        string path = $"/desk/body/cases/{(await filed.JsonAsync()).Text("id")}";
        await using Visit visit = await stage.SignedInAsync(work.Verifier.Address, carol, Look.Desktop);
        await visit.AssertGoodAsync(path);

        await AssignAsync(visit, "ann");
        Assert.True(await visit.Page.Locator("#refused").IsVisibleAsync(), "whoever decided is assigned to the appeal");
        await AssignAsync(visit, "carol", isOpen: true);
        await visit.Page.ArrivesAsync("**done=assign");
        work.Clock.Advance(TimeSpan.FromDays(61));
        await using Visit later = await stage.SignedInAsync(work.Verifier.Address, carol, Look.Desktop);
        await later.GoAsync("/desk/body/cases");
        Assert.Contains("Overdue", await later.Page.Locator(".results").InnerTextAsync(), StringComparison.Ordinal);
        await later.AssertGoodAsync(path);
        await later.UnfoldAsync("Decide");
        await later.Page.Locator("#outcome").SelectOptionAsync("overturned");
        await later.Page.Locator("#decide-public").FillAsync("The advisory names another product.");
        await later.Page.Locator("#decide-public ~ button").ClickAsync();
        await later.Page.ArrivesAsync("**done=decide");

        Assert.Contains("The advisory names another product.", (await work.Anybody.GetJsonAsync("/v1/certificates/DEMO-1/history")).GetRawText(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_09_One_build_many_markets()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync("sg-cls");
        await work.IssueAsync(work.Certificate("CLS-2", "sg-cls", "2") with { Categories = ["smart-home"] });
        await using Visit visit = await stage.SignedInAsync(work.Verifier.Address, work.Maker, Look.Desktop);

        await visit.AssertGoodAsync($"/desk/manufacturer/builds/{work.Manifest.CorimId}");

        foreach (JsonElement cell in (await work.Anybody.GetJsonAsync($"/v1/builds/{work.Manifest.CorimId}/coverage")).GetProperty("schemes").EnumerateArray())
        {
            ILocator row = visit.Page.Locator($"tr[data-scheme='{cell.Text("scheme")}']");
            Assert.Equal(cell.Text("result"), await row.GetAttributeAsync("data-result"));
            string text = await row.InnerTextAsync();
            Assert.Contains(cell.Text("why"), text, StringComparison.Ordinal);
            Assert.Contains(cell.GetProperty("legalRef").GetString() ?? "", text, StringComparison.Ordinal);
        }

        Assert.Equal("certified", await visit.Page.Locator("tr[data-scheme=sg-cls]").GetAttributeAsync("data-result"));
        Assert.Equal("none", await visit.Page.Locator("tr[data-scheme=kr-cic]").GetAttributeAsync("data-result"));
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_11_Keep_the_support_promise()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        string product = $"/v1/products/{work.Manifest.ClassId}";
        Assert.Equal(201, await work.Maker.PutJsonAsync(product, new { productName = "Sensor", modelNumber = "S1", categories = new[] { "sensor" }, supportUntil = "2030-01-31", marketStatus = "onSale", reason = "first" }).StatusAsync());
        await using Visit visit = await stage.SignedInAsync(work.Verifier.Address, work.Maker, Look.Plain);

        await ExtendAsync(visit, "2029-12-31");
        Assert.Contains("2030-01-31", await visit.Page.Locator("#refused").InnerTextAsync(), StringComparison.Ordinal);
        await ExtendAsync(visit, "2031-06-30");
        await visit.Page.ArrivesAsync("**done=support");

        Assert.Equal("2031-06-30", (await work.Anybody.GetJsonAsync(product)).Text("supportUntil"));
        Assert.Contains("June 2031", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_build_is_submitted_and_applied_for_on_the_desk_and_taken_up_by_the_body()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await using Visit maker = await stage.SignedInAsync(work.Verifier.Address, work.Maker, Look.Plain);
        await maker.GoAsync("/desk/manufacturer/submit");
        await maker.Page.SetInputFilesAsync("#manifest", new FilePayload { Name = "build.corim", MimeType = "application/octet-stream", Buffer = work.ManifestFile });
        await maker.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await maker.Page.ArrivesAsync("**done=submitted");

        await maker.Page.Locator("#scheme").SelectOptionAsync("demo/substantial");
        await maker.Page.GetByRole(AriaRole.Button, new() { Name = "Show its questions" }).ClickAsync();
        await maker.Page.ArrivesAsync("**scheme=demo**");
        await maker.Page.Locator("#summaryPlain").FillAsync("A sensor that tells the temperature.");
        foreach (ILocator claim in await maker.Page.Locator("fieldset select").AllAsync())
        {
            await claim.SelectOptionAsync("yes");
        }

        await maker.Page.GetByRole(AriaRole.Button, new() { Name = "Apply for a certificate" }).ClickAsync();
        await maker.Page.ArrivesAsync("**done=applied");

        await using Visit body = await stage.SignedInAsync(work.Verifier.Address, work.Ann, Look.Desktop);
        await body.AssertGoodAsync("/desk/body");
        await body.Page.GetByRole(AriaRole.Link, new() { Name = "Application 1" }).ClickAsync();
        await body.UnfoldAsync("Take into evaluation");
        await body.Page.GetByRole(AriaRole.Button, new() { Name = "Take into evaluation" }).ClickAsync();
        await body.Page.ArrivesAsync("**done=evaluate");
        Assert.Contains("In evaluation", await body.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await body.AssertAccessibleAsync("an application");
    }

    private static async Task SuspendAsync(Visit visit, string reason)
    {
        await visit.UnfoldAsync("Suspend");
        await visit.Page.Locator("#suspend-reason").FillAsync(reason);
        await visit.Page.Locator("#suspend-actions").FillAsync("Rotate the keys");
        await visit.Page.Locator("#suspend-until").FillAsync("2026-12-20");
        await visit.Page.Locator("#suspend-reason ~ button").ClickAsync();
        await visit.Page.WaitForSelectorAsync("#refused");
    }

    private static async Task AssignAsync(Visit visit, string person, bool isOpen = false)
    {
        if (!isOpen)
        {
            await visit.UnfoldAsync("Assign");
        }

        await visit.Page.Locator("#person").FillAsync(person);
        await visit.Page.Locator("#person ~ button").ClickAsync();
        await visit.Page.WaitForSelectorAsync("[role=alert], [role=status]");
    }

    private static async Task ExtendAsync(Visit visit, string day)
    {
        await visit.GoAsync("/desk/manufacturer/products");
        await visit.UnfoldAsync("Extend support Sensor");
        await visit.Page.Locator("input[type=date]").FillAsync(day);
        await visit.Page.Locator("input[name=reason]").FillAsync("a longer promise");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Extend support" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync("[role=alert], [role=status]");
    }
}
