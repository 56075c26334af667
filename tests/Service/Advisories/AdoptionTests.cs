using System.Text.Json;
using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Tests.Advisories;

public sealed class AdoptionTests : IAsyncLifetime
{
    private const string Library = "pkg:generic/libfiction";

    private AdvisoryScene _scene = null!;

    public async Task InitializeAsync() => _scene = await AdvisoryScene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task The_curve_follows_what_boards_attest_day_by_day_exactly_for_their_maker_and_for_everybody_from_ten_boards_on()
    {
        await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"), certified: true);
        await _scene.SubmitAsync("1.3.0", AdvisoryScene.SbomWith("libfiction", "2.1"), certified: true);
        List<TestBoard> boards = [];
        for (int i = 0; i < AdoptionCurve.MinPublic + 1; i++)
        {
            boards.Add(await new TestBoard(_scene.Work.Verifier).EnrolAsync());
            await boards[i].AttestAsync(AdvisoryScene.FirmwareOf("1.2.0"));
        }

        await _scene.TakeAsync(AdvisoryFiles.Csaf(statuses: [("known_affected", $"{Library}@2.0"), ("fixed", $"{Library}@2.1")]));
        _scene.Work.Clock.Advance(TimeSpan.FromDays(1));
        boards[0].Uptime++;
        await boards[0].AttestAsync(AdvisoryScene.FirmwareOf("1.3.0"));

        Assert.Equal(["2026-11-20T00:00:00Z 0 0 0", "2026-11-21T00:00:00Z 0 0 0", "2026-11-22T00:00:00Z 0 11 0", "2026-11-23T12:00:00Z 1 10 0"], Days(await AdoptionAsync(_scene.Work.Maker)));
        JsonElement everybody = await AdoptionAsync(_scene.Work.Anybody);
        Assert.Equal(("public", 1), (everybody.Text("scope"), everybody.GetProperty("withheld").GetInt32()));
        Assert.Equal("2026-11-22T00:00:00Z 0 11 0", Days(everybody)[^1]);
        Assert.Equal(Days(everybody), Days(await AdoptionAsync(_scene.Work.Body)));
        using HttpClient rival = await _scene.Work.Verifier.OrganisationAsync("rival", "manufacturer");
        Assert.All(Days(await AdoptionAsync(rival)), day => Assert.EndsWith(" 0 0 0", day, StringComparison.Ordinal));
        boards.ForEach(board => board.Dispose());
    }

    private static string[] Days(JsonElement adoption) => [.. adoption.GetProperty("days").EnumerateArray().Select(day =>
        $"{day.Text("at")} {day.GetProperty("fixed").GetInt32()} {day.GetProperty("affected").GetInt32()} {day.GetProperty("other").GetInt32()}")];

    private static Task<JsonElement> AdoptionAsync(HttpClient client) => client.GetJsonAsync("/v1/advisories/FICTION-2099-0001/adoption");
}
