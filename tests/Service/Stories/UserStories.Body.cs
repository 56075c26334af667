using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Events;
using IotAttest.Service.Tests.Postgres;
using IotAttest.Service.Tests.StatusLists;
using IotAttest.Service.Tests.Transparency;
using IotAttest.Service.Transparency;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Stories;

/// <summary>certification.md section 6: what a certification body wants. Stories 4, 5 and 6 stand beside the tests of their feature.</summary>
public sealed partial class UserStories
{
    private const int Enrolled = 1000;
    private const int Others = 37;

    /// <summary>The split by drift class, age and trend over time is the view of the body's desk; here are the numbers behind it.</summary>
    [Fact]
    public async Task Story_01_See_live_conformity_of_what_I_certified()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        TestBoard[] boards = [.. Enumerable.Range(0, Enrolled).Select(_ => new TestBoard(work.Verifier))];
        JsonObject[] records = [.. boards.Select(board => board.Record)];
        Assert.Equal(200, await work.Maker.PostTextAsync("/v1/devices", string.Join('\n', records.Select(record => record.ToJsonString())), "application/jsonl").StatusAsync());
        foreach (TestBoard board in boards)
        {
            await board.AttestAsync(work.Measured);
        }

        Stopwatch watch = Stopwatch.StartNew();
        work.Clock.Advance(TimeSpan.FromSeconds(6));
        foreach (TestBoard board in boards[..Others])
        {
            board.Uptime++;
            Assert.Equal(["UnknownMeasurement"], (await board.AttestAsync(Firmware.Tampered)).Drift());
        }

        work.Clock.Advance(TimeSpan.FromSeconds(6));
        JsonElement live = await work.Body.GetJsonAsync("/v1/certificates/DEMO-1/live");
        JsonElement counts = live.GetProperty("counts");
        Assert.Equal((Enrolled, Enrolled - Others, Others), (live.GetProperty("total").GetInt32(), counts.GetProperty("conformant").GetInt32(), counts.GetProperty("drifted").GetInt32()));
        Assert.True(watch.Elapsed < Pace.Allowed(TimeSpan.FromSeconds(60)), $"{watch.Elapsed} after the last evidence");

        // Whose boards they are is their owners' to tell.
        Assert.DoesNotContain(boards, board => live.GetRawText().Contains(board.Ueid, StringComparison.Ordinal));
        await work.Body.GetAsync(new Uri($"/v1/devices/{boards[0].Ueid}", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
    }

    [Fact]
    public async Task Story_02_Suspend_with_reasons_and_the_world_hears()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using BodyAtWork work = await BodyAtWork.StartAsync("sg-cls");
        await work.IssueAsync(work.Certificate("CLS-3", "sg-cls", "3"));
        Assert.Equal(201, await work.Maker.PostJsonAsync("/v1/webhooks", new { url = receiver.Url }).StatusAsync());
        string validUntil = (await work.ReadAsync("CLS-3")).Text("validUntil");

        // Reason, actions, an end within the limit, and at a third-party level a second person.
        await work.DecideAsync(work.Ann, new { decision = "suspend" }, "CLS-3").AssertProblemAsync(400, "Malformed");
        await work.DecideAsync(work.Ann, new { decision = "suspend", reason = "flaw", until = "2026-12-24" }, "CLS-3").AssertProblemAsync(422, "NoActions");
        await work.DecideAsync(work.Ann, new { decision = "suspend", reason = "flaw", actions = new[] { "mend it" }, until = "2030-12-24" }, "CLS-3").AssertProblemAsync(422, "EndNotAllowed");
        using HttpResponseMessage proposed = await work.DecideAsync(work.Ann, new { decision = "suspend", reason = "flaw in the update path", actions = new[] { "mend it" }, until = "2026-12-24" }, "CLS-3");
        JsonElement proposal = await proposed.JsonAsync();
        Assert.Equal((202, "Certified"), ((int)proposed.StatusCode, await work.StatusAsync("CLS-3")));
        await BodyAtWork.ConfirmAsync(work.Ann, proposal).AssertProblemAsync(403, "SamePerson");
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(work.Bob, proposal).StatusAsync());

        JsonElement certificate = await work.ReadAsync("CLS-3");
        Assert.Equal(("Suspended", validUntil), (certificate.Text("status"), certificate.Text("validUntil")));
        Assert.Contains("Suspended", await TextAsync(work.Anybody, "/certificates/CLS-3", "text/html"), StringComparison.Ordinal);
        Assert.Contains("Not now", await TextAsync(work.Anybody, "/v1/certificates/CLS-3/label.svg?lang=en", "*/*"), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < Pace.Allowed(TimeSpan.FromSeconds(5)), $"REST, HTML and label after {watch.Elapsed}");
        Assert.Equal(2, await StatusListTests.StatusOfAsync(work, "CLS-3"));
        Assert.Contains("CLS-3: Suspended", await TextAsync(work.Anybody, "/v1/feed.atom", "*/*"), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Received.Any(told => told.Body.Contains("Suspended", StringComparison.Ordinal) && told.Body.Contains("CLS-3", StringComparison.Ordinal))), "the webhook tells it");
        Assert.True(watch.Elapsed < Pace.Allowed(TimeSpan.FromSeconds(60)), $"list, feed and webhook after {watch.Elapsed}");
    }

    /// <summary>Checkpoint and proof are verified offline with the tool in the tests of the command line.</summary>
    [SqliteFact]
    public async Task Story_03_Nothing_can_be_rewritten()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate());
        await work.TakeAsync(new { decision = "withdraw", reason = "Keys were found in the image." });
        foreach (HttpMethod method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            foreach (string path in new[] { "/v1/certificates/DEMO-1", "/v1/certificates/DEMO-1/history", "/v1/certificates/DEMO-1/decisions", "/v1/log/entries" })
            {
                using HttpRequestMessage request = new(method, path);
                using HttpResponseMessage response = await work.Ann.SendAsync(request);
                Assert.True((int)response.StatusCode is 404 or 405, $"{method} {path}: {(int)response.StatusCode}");
            }
        }

        Assert.Empty(LogAudit.OfFile(work.Verifier.DataDirectory).Findings);
        LogAuditTests.Tamper(work, "UPDATE certificate_events SET reason = 'Nothing happened' WHERE status <> 1");

        LogFinding found = Assert.Single(LogAudit.OfFile(work.Verifier.DataDirectory).Findings);
        Assert.Equal(8, found.Sequence);
    }

    private static async Task<string> TextAsync(HttpClient client, string path, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }
}
