using System.Text.Json.Nodes;
using IotAttest.Service.Tests;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>The user stories of an integrator, as far as they have pages, named after their numbers and titles.</summary>
[Collection(Stage.Desks)]
public sealed class FleetStoryTests(Stage stage)
{
    [RequiresToolFact(Chromium.Program)]
    public async Task Story_01_See_live_conformity_in_the_fleet_without_reload()
    {
        FilledFleet fleet = await stage.FleetAsync();
        using TestBoard board = new(fleet.Work.Verifier, isEs256: true);
        await board.EnrolAsync("owner", "grid");
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit);
        await visit.Page.WaitForSelectorAsync("html[data-live=on]");
        await visit.GoAsync($"/fleet?q={board.Ueid}");
        await visit.Page.WaitForSelectorAsync("html[data-live=on]");
        Assert.Equal("1", await TileAsync(visit, "Unknown"));

        await board.AttestAsync(fleet.Work.Measured);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.tiles a[href*=\"conformity=Conformant\"] .big').textContent === '1'");
        fleet.Work.Clock.Advance(TimeSpan.FromSeconds(1));
        await board.AttestAsync(Firmware.Tampered);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.tiles a[href*=\"conformity=Compromised\"] .big').textContent === '1'");

        Assert.Equal("0", await TileAsync(visit, "Conformant"));
        Assert.Equal("Updated", await visit.Page.Locator("#live-say").InnerTextAsync());
        Assert.Contains("Compromised", await visit.Page.Locator(".results").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_12_Add_a_board_to_a_fleet()
    {
        FilledFleet fleet = await stage.FleetAsync();
        using TestBoard board = new(fleet.Work.Verifier, isEs256: true);
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Desktop);
        await fleet.SignInAsync(visit);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add a board" }).First.ClickAsync();

        // A board that nobody enrolled is Unknown, and no error.
        await visit.Page.Locator("#ueid").FillAsync(board.Ueid);
        await visit.Page.Locator("#ueid").PressAsync("Enter");
        await visit.Page.ArrivesAsync($"**/fleet/add/{board.Ueid}");
        Assert.Equal("Unknown", await visit.Page.Locator(".statusbar .word").InnerTextAsync());

        await visit.GoAsync("/fleet/add");
        JsonObject record = board.Record.With("evidenceStrength", "self-reported");
        await visit.Page.Locator("#record").FillAsync(record.ToJsonString());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol and wait" }).ClickAsync();
        await visit.Page.ArrivesAsync($"**/fleet/add/{board.Ueid}");
        await visit.Page.WaitForSelectorAsync("html[data-live=on]");
        Assert.Contains("Nothing was heard", await visit.Page.Locator("article").InnerTextAsync(), StringComparison.Ordinal);

        await board.AttestAsync(Firmware.Tampered);
        await visit.Page.WaitForSelectorAsync(".statusbar.bad");

        string failing = await visit.Page.Locator("[data-live=failing]").InnerTextAsync();
        Assert.Contains("What fails", failing, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(Firmware.Tampered.DigestOf("deployment")!.Value.Span), failing, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(fleet.Work.Measured.DigestOf("deployment")!.Value.Span), failing, StringComparison.Ordinal);
        Assert.Contains("Next step: Isolate the board", await visit.Page.Locator(".statusbar").InnerTextAsync(), StringComparison.Ordinal);
        await visit.AssertAccessibleAsync("the wizard with a failing board");
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_12_Without_JavaScript_a_refused_record_says_what_is_wrong_and_a_good_one_leads_on()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/add");

        await visit.Page.Locator("#record").FillAsync("""{"ueid":"12"}""");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol and wait" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync("#refused");
        Assert.Contains("34 lower-case hex digits", await visit.Page.Locator("#refused").InnerTextAsync(), StringComparison.Ordinal);

        await visit.Page.Locator("#record").FillAsync(FilledFleet.StockRecord().ToJsonString());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol and wait" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync("#credential");
        Assert.Equal(43, (await visit.Page.Locator("#credential").InnerTextAsync()).Length);
    }

    [RequiresToolTheory(Chromium.Program)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Story_12_Many_boards_are_enrolled_from_a_file_and_each_refused_line_is_named(bool hasScript)
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, hasScript ? Look.Desktop : Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/bulk");
        string[] lines = [.. Enumerable.Range(0, 300).Select(_ => FilledFleet.StockRecord().ToJsonString()), "{}"];

        await visit.Page.SetInputFilesAsync("#file", new FilePayload { Name = "line.jsonl", MimeType = "application/jsonl", Buffer = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)) });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await visit.Page.WaitForSelectorAsync("#bulk-answer:not([hidden])");

        Assert.Equal("300 new, 0 known before, 1 refused.", await visit.Page.Locator("#bulk-sum").InnerTextAsync());
        Assert.Contains("301", await visit.Page.Locator("#bulk-rows").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_13_Catch_a_clone_and_decide_about_it()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet?drift=IdentityConflict");
        await visit.Page.Locator(".results a").First.ClickAsync();

        Assert.Equal("Compromised", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
        Assert.Contains("Differs", await visit.Page.Locator("tr", new() { HasText = "Boot count" }).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Find the copy", await visit.Page.Locator(".statusbar").InnerTextAsync(), StringComparison.Ordinal);
        await DecideAsync(visit, "quarantine", "Two boards with one key");
        Assert.Contains("In quarantine", await visit.Page.Locator(".facts.key").InnerTextAsync(), StringComparison.Ordinal);
        await DecideAsync(visit, "release", "Found it");
        await DecideAsync(visit, "clear", "The copy was destroyed");

        Assert.Equal("Conformant", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
        Assert.Contains("clear by grid: The copy was destroyed", await visit.Page.Locator(".timeline").InnerTextAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Story_14_A_gate_gets_a_token_of_its_own_and_loses_it()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/tokens");
        await visit.Page.Locator("#name").FillAsync("gate-north");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        string token = await visit.Page.Locator("#token").InnerTextAsync();
        using HttpClient gate = fleet.Work.Verifier.With(token);

        Assert.Equal(200, await gate.PostJsonAsync("/v1/gate", new { mode = "observe", ueids = new[] { fleet.Healthy } }).StatusAsync());
        await visit.GoAsync("/fleet/tokens");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke gate-north" }).ClickAsync();
        await visit.Page.ArrivesAsync("**done=revoke**");

        Assert.Equal(401, await gate.PostJsonAsync("/v1/gate", new { mode = "observe", ueids = new[] { fleet.Healthy } }).StatusAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_webhook_is_made_tried_and_deleted()
    {
        FilledFleet fleet = await stage.FleetAsync();
        await using Visit visit = await stage.VisitAsync(fleet.Address, Look.Plain);
        await fleet.SignInAsync(visit);
        await visit.GoAsync("/fleet/webhooks");
        await visit.Page.Locator("#url").FillAsync("https://hooks.example.invalid/x");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add a webhook" }).ClickAsync();
        Assert.NotEqual("", await visit.Page.Locator("#secret").InnerTextAsync());

        await visit.GoAsync("/fleet/webhooks");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test to https://hooks.example.invalid/x" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync(".note.bad");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete https://hooks.example.invalid/x" }).ClickAsync();
        await visit.Page.ArrivesAsync("**done=webhook-delete");

        Assert.Equal("No webhook", await visit.Page.Locator(".empty .lead").InnerTextAsync());
    }

    private static async Task DecideAsync(Visit visit, string action, string reason)
    {
        await visit.Page.Locator($"details:has(#reason-{action}) summary").ClickAsync();
        await visit.Page.Locator($"#reason-{action}").FillAsync(reason);
        await visit.Page.Locator($"details:has(#reason-{action}) button").ClickAsync();
        await visit.Page.ArrivesAsync($"**done={action}");
    }

    private static Task<string> TileAsync(Visit visit, string conformity) => visit.Page.Locator($".tiles a[href*='conformity={conformity}'] .big").InnerTextAsync();
}
