using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Forms;

/// <summary>A form that is refused comes back as the page it stands on: with the status of the refusal, why, and what was typed.</summary>
public sealed class RefusedFormTests : IAsyncLifetime
{
    private const string Alert = "<div class=\"note bad\" role=\"alert\" id=\"refused\" tabindex=\"-1\" autofocus>";

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;
    private SignedIn _browser = null!;
    private string _formToken = "";
    private string _ueid = "";

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
        JsonObject board = Boards.Hmac();
        _ueid = board["ueid"]!.ToString();
        Assert.Equal(201, await _acme.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        _browser = await SignedIn.InAsync(_verifier, _acme.DefaultRequestHeaders.Authorization!.Parameter!);
        _formToken = await _browser.FormTokenAsync("/desk");
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        _acme.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_decision_without_a_reason_says_so_at_its_form_which_is_open()
    {
        string path = $"/fleet/devices/{_ueid}/quarantine";

        string page = await RefusedAsync(path, 400, new() { ["form"] = "quarantine", ["reason"] = "  " });

        Assert.Contains(Alert, FormOf(page, path), StringComparison.Ordinal);
        Assert.Contains("reason", FormOf(page, path), StringComparison.Ordinal);
        Assert.DoesNotContain(Alert, FormOf(page, $"/fleet/devices/{_ueid}/decommission"), StringComparison.Ordinal);
        Assert.Single(page.Split("<details open")[1..], part => part.Split("</details>")[0].Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_stays_and_cannot_become_markup()
    {
        string typed = new string('x', 600) + "</textarea><script>alert(1)</script>";

        string page = await RefusedAsync($"/fleet/devices/{_ueid}/quarantine", 400, new() { ["form"] = "quarantine", ["reason"] = typed });

        Assert.Contains($">{WebUtility.HtmlEncode(typed)}</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_form_is_there_no_more_the_page_begins_with_the_refusal()
    {
        Dictionary<string, string> form = new() { ["form"] = "quarantine", ["reason"] = "found open" };
        string path = $"/fleet/devices/{_ueid}/quarantine";
        Assert.Equal(303, await _browser.PostAsync(path, form, _formToken).StatusAsync());

        string page = await RefusedAsync(path, 409, form);

        Assert.DoesNotContain($"action=\"{path}\"", page, StringComparison.Ordinal);
        Assert.Contains(_ueid, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_is_unknown_or_of_somebody_else_has_no_page_to_come_back_to()
    {
        using HttpClient rival = await _verifier.OrganisationAsync("rival", "manufacturer");
        JsonObject board = Boards.Hmac();
        board["organisation"] = "rival";
        Assert.Equal(201, await rival.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());

        foreach (string ueid in new[] { board["ueid"]!.ToString(), Boards.NewUeid() })
        {
            using HttpResponseMessage response = await _browser.PostAsync($"/fleet/devices/{ueid}/quarantine", new() { ["form"] = "quarantine", ["reason"] = "mine now" }, _formToken);
            Assert.Equal(404, (int)response.StatusCode);
            Assert.Contains("class=\"error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_group_that_is_too_long_comes_back()
    {
        string group = new('g', 300);

        string page = await RefusedAsync($"/fleet/devices/{_ueid}/group", 400, new() { ["form"] = "group", ["group"] = group });

        Assert.Contains($"value=\"{group}\"", FormOf(page, $"/fleet/devices/{_ueid}/group"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_refused_stays_in_its_field_under_the_kind_of_board_that_was_chosen()
    {
        string page = await RefusedAsync("/fleet/add?kind=native", 400, new() { ["form"] = "record", ["record"] = """{"ueid":"12"}""" });

        Assert.Contains(Alert, FormOf(page, "/fleet/add?kind=native"), StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("""{"ueid":"12"}"""), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_is_enrolled_otherwise_is_a_conflict_at_the_form()
    {
        JsonObject other = Boards.Hmac(_ueid);

        string page = await RefusedAsync("/fleet/add?kind=stock", 409, new() { ["form"] = "record", ["record"] = other.ToJsonString() });

        Assert.Contains(Alert, FormOf(page, "/fleet/add?kind=stock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_refused_stays_with_its_organisation()
    {
        string page = await RefusedAsync("/fleet/add/certificate", 400, new() { ["form"] = "certificate", ["organisation"] = "acme", ["pem"] = "no certificate" });

        string form = FormOf(page, "/fleet/add/certificate");
        Assert.Contains(Alert, form, StringComparison.Ordinal);
        Assert.Contains("value=\"acme\"", form, StringComparison.Ordinal);
        Assert.Contains(">no certificate</textarea>", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_boards_that_is_missing_is_asked_for_at_the_form()
    {
        string page = await RefusedAsync("/fleet/bulk", 400, new() { ["form"] = "bulk" });

        Assert.Contains(Alert, FormOf(page, "/fleet/bulk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_with_a_bad_name_comes_back_with_its_days()
    {
        string page = await RefusedAsync("/fleet/tokens", 400, new() { ["form"] = "make", ["name"] = "GATE 1", ["days"] = "365" });

        string form = FormOf(page, "/fleet/tokens");
        Assert.Contains(Alert, form, StringComparison.Ordinal);
        Assert.Contains("value=\"GATE 1\"", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"365\" selected", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_is_refused_comes_back_with_its_ticks_and_an_unknown_one_on_the_list()
    {
        string page = await RefusedAsync("/fleet/webhooks", 400, new() { ["form"] = "add", ["url"] = "ftp://hooks.example.com/", ["types"] = "device.enrolled" });

        string form = FormOf(page, "/fleet/webhooks");
        Assert.Contains(Alert, form, StringComparison.Ordinal);
        Assert.Contains("value=\"ftp://hooks.example.com/\"", form, StringComparison.Ordinal);
        Assert.True(form.Split(" checked").Length <= 2, "boxes that were not ticked are");
        await RefusedAsync("/fleet/webhooks/none/resume", 404, new() { ["form"] = "resume-none" });
    }

    [Fact]
    public async Task Sending_again_from_an_event_that_never_was_comes_back_at_that_webhook()
    {
        using HttpResponseMessage made = await _acme.PostJsonAsync("/v1/webhooks", new { url = "https://hooks.example.com/x" });
        string id = (await made.JsonAsync()).Text("id");

        string page = await RefusedAsync($"/fleet/webhooks/{id}/replay", 400, new() { ["form"] = $"replay-{id}", ["since"] = "soon" });

        Assert.Contains(Alert, FormOf(page, $"/fleet/webhooks/{id}/replay"), StringComparison.Ordinal);
        Assert.Contains("value=\"soon\"", FormOf(page, $"/fleet/webhooks/{id}/replay"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_does_not_exist_is_told_on_the_list_of_offers() =>
        await RefusedAsync("/fleet/transfers/none/accept", 404, new() { ["form"] = "accept-none", ["reason"] = "ours" });

    [Fact]
    public async Task A_program_that_sends_the_same_form_gets_the_problem()
    {
        using HttpClient program = _verifier.With(_acme.DefaultRequestHeaders.Authorization!.Parameter!);
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["reason"] = "" });

        await program.PostAsync(new Uri($"/fleet/devices/{_ueid}/quarantine", UriKind.Relative), form).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task A_refused_form_is_on_record_as_refused()
    {
        await RefusedAsync($"/fleet/devices/{_ueid}/quarantine", 400, new() { ["form"] = "quarantine", ["reason"] = "" });

        JsonElement entries = (await _acme.GetJsonAsync("/v1/audit")).GetProperty("entries");
        Assert.Equal(400, entries[entries.GetArrayLength() - 1].GetProperty("status").GetInt32());
    }

    /// <summary>One mechanism for all: a form that does not begin so would lose what was typed.</summary>
    [Fact]
    public void Every_form_of_a_desk_begins_alike()
    {
        string web = Path.Combine(SharedData.Repository, "verifier", "Service", "Web");
        int forms = 0;
        foreach (string file in new[] { "Fleet", "BodyDesk", "MakerDesk" }.SelectMany(folder => Directory.GetFiles(Path.Combine(web, folder), "*.razor")))
        {
            foreach (string form in File.ReadAllText(file).Split("<form ").Skip(1).Where(form => form.Contains("method=\"post\"", StringComparison.Ordinal)))
            {
                forms++;
                Assert.True(form.Split("</form>")[0].Contains("<FormStart ", StringComparison.Ordinal), $"{Path.GetFileName(file)}: <form {form.Split('\n')[0]}");
            }
        }

        Assert.True(forms > 15, $"only {forms} forms were found");
    }

    private static string FormOf(string page, string action)
    {
        int start = page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no form for {action}: {page}");
        return page[start..page.IndexOf("</form>", start, StringComparison.Ordinal)];
    }

    private async Task<string> RefusedAsync(string path, int status, Dictionary<string, string> form)
    {
        using HttpResponseMessage response = await _browser.PostAsync(path, form, _formToken);
        string page = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {page}");
        Assert.Single(page.Split(Alert)[1..]);
        Assert.DoesNotContain("class=\"error\"", page, StringComparison.Ordinal);
        Assert.Matches("<dt>[^<]+</dt><dd>[^<]+</dd></div>\\s*<div><dt>[^<]+</dt><dd>[^<]+</dd></div>\\s*<div><dt>[^<]+</dt><dd>[^<]+</dd>", page);
        return page;
    }
}
