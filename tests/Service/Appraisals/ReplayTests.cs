using System.Data.Common;
using System.Text.Json;
using IotAttest.Domain.Certificates;
using IotAttest.Service.Storage;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Appraisals;

public sealed class ReplayTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _operator = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        _operator = _verifier.Operator();
        _board = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _operator.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Story_05_Replay_a_verdict()
    {
        (string build, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await AttestAsync();
        await AttestAsync(Firmware.Tampered);
        await _registry.DecideAsync(certificate, "withdraw");
        await _verifier.RestartAsync();
        using HttpClient client = _verifier.Operator();
        JsonElement[] history = await HistoryAsync(client);
        string before = await client.GetStringAsync(new Uri($"/v1/devices/{_board.Ueid}/history", UriKind.Relative));

        // The same verdict again, whatever became of certificate and board since.
        foreach (JsonElement row in history)
        {
            JsonElement replayed = await ReplayAsync(client, row.Text("appraisal"));

            Assert.True(replayed.GetProperty("same").GetBoolean(), replayed.GetRawText());
            JsonElement verdict = replayed.GetProperty("verdict");
            Assert.Equal(row.Text("conformity"), verdict.Text("conformity"));
            Assert.All(["drift", "conditions", "advisories", "policies"], list => Assert.Equal(row.GetProperty(list).GetRawText(), verdict.GetProperty(list).GetRawText()));
            Assert.Empty(replayed.GetProperty("differences").EnumerateArray());
        }

        JsonElement first = await ReplayAsync(client, history[^1].Text("appraisal"));
        Assert.Equal(("Conformant", build, certificate), (first.GetProperty("verdict").Text("conformity"), first.GetProperty("verdict").Text("build"), first.GetProperty("verdict").GetProperty("certificates")[0].GetString()!));

        // Under a newer policy, what would differ, field by field.
        await SubmitPolicyAsync(client, "demo.substantial", 2, """["debugDisabled"]""");
        JsonElement newer = await ReplayAsync(client, history[^1].Text("appraisal"), """{"policy":"demo.substantial:2"}""");
        Assert.True(newer.GetProperty("same").GetBoolean());
        JsonElement conformity = newer.GetProperty("differences").EnumerateArray().Single(difference => difference.Text("field") == "conformity");
        Assert.Equal(("Conformant", "PendingCoverage"), (conformity.Text("recorded"), conformity.Text("replayed")));
        Assert.Equal(newer.GetProperty("differences").GetRawText(), (await ReplayAsync(client, history[^1].Text("appraisal"), """{"policy":"newest"}""")).GetProperty("differences").GetRawText());

        // And nothing changed.
        Assert.True((await ReplayAsync(client, history[^1].Text("appraisal"))).GetProperty("same").GetBoolean());
        Assert.EndsWith(before[(before.IndexOf('[', StringComparison.Ordinal) + 1)..], await client.GetStringAsync(new Uri($"/v1/devices/{_board.Ueid}/history", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_device_object_names_its_appraisal_and_the_latest_verdict_is_replayed_by_ueid()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        JsonElement device = await AttestAsync();
        JsonElement[] history = await HistoryAsync(_operator);

        Assert.Equal(history[0].Text("appraisal"), device.Text("appraisal"));
        JsonElement latest = await ReplayAsync(_operator, _board.Ueid);
        Assert.True(latest.GetProperty("same").GetBoolean());
        Assert.Equal(device.Text("asOf"), latest.GetProperty("verdict").Text("asOf"));
        Assert.Equal(device.GetProperty("components").GetRawText(), latest.GetProperty("verdict").GetProperty("components").GetRawText());
    }

    [Theory]
    [InlineData("""{"policy":["default:1","demo.basic:1"]}""", 400)]
    [InlineData("""{"policy":"default:1,demo.basic:1"}""", 400)]
    [InlineData("""{"policy":"default"}""", 400)]
    [InlineData("""{"policies":"default:1"}""", 400)]
    [InlineData("""{"policy":"default:9"}""", 404)]
    public async Task Lesson_13_a_replay_names_one_policy(string body, int status)
    {
        await AttestAsync();

        using HttpResponseMessage response = await _operator.PostTextAsync($"/v1/appraisals/{_board.Ueid}/replay", body);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_appraisal_of_another_organisation_is_as_unknown_as_none()
    {
        await AttestAsync();
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");
        string appraisal = (await HistoryAsync(_operator))[0].Text("appraisal");

        await other.PostTextAsync($"/v1/appraisals/{appraisal}/replay", "{}").AssertProblemAsync(404, "NotFound");
        await other.PostTextAsync("/v1/appraisals/999999/replay", "{}").AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task What_a_row_keeps_is_small_and_shared_by_boards_of_which_the_same_is_said()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await AttestAsync();
        using TestBoard second = await new TestBoard(_verifier).EnrolAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await second.AttestAsync();

        using DbConnection connection = OpenDatabase();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(DISTINCT extract_id), max(length(body)) FROM appraisals JOIN appraisal_extracts x ON x.id = extract_id WHERE build IS NOT NULL";
        using DbDataReader row = command.ExecuteReader();

        Assert.True(row.Read());
        Assert.Equal(1, row.GetInt64(0));
        Assert.InRange(row.GetInt64(1), 100, 1024);
    }

    [Fact]
    public async Task Boards_that_a_decision_changed_together_share_an_appraisal_and_each_is_replayed_the_same()
    {
        (_, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        TestBoard[] others = [await new TestBoard(_verifier).EnrolAsync(), await new TestBoard(_verifier).EnrolAsync(), await new TestBoard(_verifier).EnrolAsync()];
        foreach (TestBoard board in others.Append(_board))
        {
            // Evidence of different times: the group is one, the times are each board's own.
            _clock.Advance(TimeSpan.FromSeconds(7));
            await board.AttestAsync();
        }

        await _registry.DecideAsync(certificate, "withdraw");
        await Eventually.TrueAsync(() => Task.FromResult(Count("SELECT count(*) FROM device_history WHERE cause = 'reference'") == 4), "every board has its row of history");

        Assert.Equal(1, Count("SELECT count(DISTINCT appraisal_id) FROM device_history WHERE cause = 'reference'"));
        Assert.Equal(4, Count("SELECT count(*) FROM events JOIN device_history ON kind = 1 AND ref = device_history.seq WHERE cause = 'reference'"));
        foreach (TestBoard board in others.Append(_board))
        {
            JsonElement row = (await _operator.GetJsonAsync($"/v1/devices/{board.Ueid}/history")).GetProperty("history")[0];
            JsonElement replayed = await ReplayAsync(_operator, row.Text("appraisal"));

            Assert.Equal("reference", row.Text("cause"));
            Assert.True(replayed.GetProperty("same").GetBoolean(), replayed.GetRawText());
            Assert.Equal((row.Text("conformity"), row.Text("asOf")), (replayed.GetProperty("verdict").Text("conformity"), replayed.GetProperty("verdict").Text("asOf")));
        }

        Array.ForEach(others, board => board.Dispose());
    }

    [Fact]
    public async Task A_patch_under_an_assessed_process_is_replayed_as_it_was()
    {
        string certified = await _registry.SubmitAsync(Firmware.Certified);
        await _registry.CertifyAsync(certified, patchPolicy: PatchPolicy.Assessed(30));
        await _registry.SubmitAsync(Firmware.Tampered, "1.0.1", securityVersion: 2);
        JsonElement patched = await AttestAsync(Firmware.Tampered);
        Assert.Equal("Conformant", patched.Text("conformity"));

        _clock.Advance(TimeSpan.FromDays(31));
        JsonElement replayed = await ReplayAsync(_operator, patched.Text("appraisal"));

        Assert.True(replayed.GetProperty("same").GetBoolean());
        Assert.Equal(("Conformant", patched.Text("nextStep")), (replayed.GetProperty("verdict").Text("conformity"), replayed.GetProperty("verdict").Text("nextStep")));
    }

    internal static async Task SubmitPolicyAsync(HttpClient client, string id, int version, string bootFacts)
    {
        string[] parts = id.Split('.');
        string policy = $$"""{"policy":{"id":"{{id}}","version":{{version}},"scheme":"{{parts[0]}}","level":"{{parts[1]}}","minimumEvidenceStrength":"native","requiredBootFacts":{{bootFacts}},"allowedAlgorithms":["HMAC256","ES256"]},"reason":"a stricter rule"}""";
        using HttpResponseMessage response = await client.PostTextAsync("/v1/policies", policy);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> ReplayAsync(HttpClient client, string id, string body = "{}")
    {
        using HttpResponseMessage response = await client.PostTextAsync($"/v1/appraisals/{id}/replay", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private DbConnection OpenDatabase() => _verifier.Services.GetRequiredService<Database>().Open();

    private long Count(string sql)
    {
        using DbConnection connection = OpenDatabase();
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Literals of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private async Task<JsonElement> AttestAsync(Domain.Evidence.MeasuredSet? measured = null)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _board.Uptime++;
        return await _board.AttestAsync(measured);
    }

    private async Task<JsonElement[]> HistoryAsync(HttpClient client) => [.. (await client.GetJsonAsync($"/v1/devices/{_board.Ueid}/history")).GetProperty("history").EnumerateArray()];
}
