using System.Diagnostics;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Advisories;

/// <summary>An advisory turns builds, and every board on them, vulnerable and back without new evidence.</summary>
public sealed class VulnerableTests : IAsyncLifetime
{
    private const string Library = "pkg:generic/libfiction@2.0";

    private AdvisoryScene _scene = null!;

    public async Task InitializeAsync() => _scene = await AdvisoryScene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task A_board_turns_vulnerable_without_new_evidence_within_five_seconds_and_its_history_says_so()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"), certified: true)).Text("id");
        using TestBoard board = await new TestBoard(_scene.Work.Verifier).EnrolAsync();
        Assert.Equal("Conformant", (await board.AttestAsync(AdvisoryScene.FirmwareOf("1.2.0"))).Text("conformity"));
        Stopwatch watch = Stopwatch.StartNew();

        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));
        JsonElement device = await board.DeviceAsync();
        await Eventually.TrueAsync(async () => (await board.HistoryAsync())[0].Text("conformity") == "Vulnerable", "history");

        Assert.True(watch.Elapsed < Pace.Allowed(TimeSpan.FromSeconds(5)), $"{watch.Elapsed}");
        Assert.Equal(("Vulnerable", "integrator"), (device.Text("conformity"), device.Text("responsible")));
        Assert.Equal(["FICTION-2099-0001"], device.GetProperty("advisories").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal(["FICTION-2099-0001"], await _scene.AdvisoriesOfAsync(build));
        Assert.Equal("reference", (await board.HistoryAsync())[0].Text("cause"));
    }

    [Fact]
    public async Task The_maker_undoes_it_with_a_vex_statement_about_the_build_also_after_a_restart()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"), certified: true)).Text("id");
        using TestBoard board = await new TestBoard(_scene.Work.Verifier).EnrolAsync();
        await board.AttestAsync(AdvisoryScene.FirmwareOf("1.2.0"));
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));
        Assert.Equal("Vulnerable", (await board.DeviceAsync()).Text("conformity"));

        JsonElement vex = await _scene.TakeAsync(AdvisoryFiles.OpenVex($"urn:uuid:{build}"), _scene.Work.Maker);

        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        Assert.Empty(await _scene.AdvisoriesOfAsync(build));
        JsonElement statement = vex.GetProperty("builds").EnumerateArray().Single();
        Assert.Equal(("notAffected", "notAffected", "build"), (statement.Text("status"), statement.Text("standing"), statement.Text("level")));
        JsonElement advisory = await _scene.Work.Body.GetJsonAsync("/v1/advisories/FICTION-2099-0001");
        Assert.Equal(("affected", "notAffected"), (advisory.GetProperty("builds")[0].Text("status"), advisory.GetProperty("builds")[0].Text("standing")));
        Assert.Equal([(true, 1), (false, 0)], (await _scene.EventsAsync("build.vulnerable")).Select(data => (data.GetProperty("vulnerable").GetBoolean(), data.GetProperty("advisories").GetArrayLength())));
    }

    [Theory]
    [InlineData("csaf_security_advisory", "known_not_affected")]
    [InlineData("csaf_security_advisory", "fixed")]
    [InlineData("csaf_withdrawn", "known_affected")]
    public async Task A_later_revision_takes_the_place_of_the_one_before(string category, string status)
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"))).Text("id");
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));
        Assert.NotEmpty(await _scene.AdvisoriesOfAsync(build));

        await _scene.TakeAsync(AdvisoryFiles.Csaf(version: 2, category: category, statuses: [(status, Library)]));
        await _scene.Work.Verifier.RestartAsync();
        using HttpClient anybody = _scene.Work.Verifier.Anybody();

        Assert.Equal(0, (await anybody.GetJsonAsync($"/v1/builds/{build}")).GetProperty("advisories").GetArrayLength());
    }

    [Fact]
    public async Task What_marks_a_build_survives_a_restart()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"))).Text("id");
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));

        await _scene.Work.Verifier.RestartAsync();
        using HttpClient anybody = _scene.Work.Verifier.Anybody();

        Assert.Equal("FICTION-2099-0001", (await anybody.GetJsonAsync($"/v1/builds/{build}")).GetProperty("advisories")[0].GetString());
    }

    [Fact]
    public async Task A_build_that_comes_after_the_advisory_is_marked_at_once_and_its_maker_warned_when_the_advisory_is_critical()
    {
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));

        JsonElement affected = await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"));
        JsonElement other = await _scene.SubmitAsync("1.3.0", AdvisoryScene.SbomWith("libother"));

        string warning = Assert.Single(affected.GetProperty("warnings").EnumerateArray()).Text("text");
        Assert.Contains("pkg:generic/libfiction@2.0", warning, StringComparison.Ordinal);
        Assert.Contains("FICTION-2099-0001", warning, StringComparison.Ordinal);
        Assert.Empty(other.GetProperty("warnings").EnumerateArray());
        Assert.Equal(["FICTION-2099-0001"], await _scene.AdvisoriesOfAsync(affected.Text("id")));
        Assert.Empty((await _scene.Work.Anybody.GetJsonAsync($"/v1/builds/{affected.Text("id")}")).GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task An_advisory_that_is_not_critical_marks_without_warning()
    {
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library, score: 8.9));

        JsonElement affected = await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"));

        Assert.Empty(affected.GetProperty("warnings").EnumerateArray());
        Assert.Single(affected.GetProperty("advisories").EnumerateArray());
    }

    [Fact]
    public async Task A_class_by_id_a_product_by_name_and_a_component_in_a_range_are_found_and_doubt_is_shown()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"))).Text("id");

        JsonElement answer = await _scene.TakeAsync(AdvisoryFiles.Csaf(statuses:
        [
            ("known_affected", "libfiction|vers:generic/<2.1"), ("known_affected", "libfiction|before 3"), ("known_affected", "libfiction|<2.0"), ("known_affected", $"urn:uuid:{Boards.Class}"), ("known_affected", "urn:nothing"),
        ]));

        JsonElement[] mine = [.. answer.GetProperty("builds").EnumerateArray().Where(entry => entry.Text("build") == build)];
        Assert.Equal(["component", "product"], mine.Select(entry => entry.Text("level")).Order());
        JsonElement doubt = Assert.Single(answer.GetProperty("needsPerson").EnumerateArray());
        Assert.Contains("before 3", doubt.Text("why"), StringComparison.Ordinal);
        Assert.Equal(["product P4"], answer.GetProperty("unidentified").EnumerateArray().Select(name => name.GetString()!));
    }
}
