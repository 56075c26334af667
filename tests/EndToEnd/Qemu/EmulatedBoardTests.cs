using System.Buffers.Text;
using System.Text.Json;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Identity;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>A Cortex-M4 that measures its own flash, from reset to the verdict of a running verifier.</summary>
[Collection(EmulatedTests.Name)]
public sealed class EmulatedBoardTests(EmulatedFirmware firmware) : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private EmulatedBoard _board = null!;
    private string _build = "";

    public async Task InitializeAsync()
    {
        MeasuredSet certified = firmware.Measured();
        _verifier = await VerifierUnderTest.StartAsync();
        using Registry registry = await Registry.OpenAsync(_verifier);
        (_build, _) = await registry.SubmitCertifiedAsync(certified);
        _board = await EnrolAsync(new EmulatedBoard(firmware));
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        await _verifier.DisposeAsync();
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task The_certified_flash_image_is_conformant()
    {
        JsonElement device = await StartAndAttestAsync();

        Assert.Equal("Conformant", device.Text("conformity"));
        Assert.Equal("native", device.Text("evidenceStrength"));
        Assert.Equal(_build, device.Text("build"));
        Assert.Equal(["bootloader", "clr", "deployment"], device.GetProperty("components").EnumerateArray().Select(component => component.Text("name")));
    }

    [RequiresToolTheory(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    [InlineData("bootloader", -1)]
    [InlineData("clr", -1)]
    [InlineData("deployment", 0x80)]
    [InlineData("deployment", 0x1000)]
    [InlineData("deployment", -1)]
    public async Task One_byte_of_a_measured_region_is_noticed_in_code_and_in_the_erased_tail(string region, int offset)
    {
        Assert.Equal("Conformant", (await StartAndAttestAsync()).Text("conformity"));
        _board.Flip(firmware.Board.Find(region)!, offset);

        JsonElement device = await StartAndAttestAsync();

        Assert.Equal("Compromised", device.Text("conformity"));
        Assert.Equal(["UnknownMeasurement"], device.Drift());
        Assert.Equal([region], ChangedIn(device));
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task Firmware_that_was_patched_and_still_runs_is_noticed()
    {
        _board.Flip(_board.Flash.AsSpan().IndexOf("refused"u8));

        JsonElement device = await StartAndAttestAsync();

        Assert.Equal("sefused", await _board.AskAsync("hello"));
        Assert.Equal("Compromised", device.Text("conformity"));
        Assert.Equal(["clr"], ChangedIn(device));
    }

    [RequiresToolTheory(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    [InlineData("identity", -1)]
    [InlineData("config", 0)]
    [InlineData("storage", 0)]
    [InlineData("storage", -1)]
    public async Task A_byte_outside_the_measured_regions_changes_nothing(string region, int offset)
    {
        _board.Flip(firmware.Board.Find(region)!, offset);

        Assert.Equal("Conformant", (await StartAndAttestAsync()).Text("conformity"));
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task Each_start_counts_and_has_a_seed_of_its_own_and_the_board_stays_conformant()
    {
        List<BootCounters> starts = [];
        for (int start = 0; start < 3; start++)
        {
            Assert.Equal("boot ok", await _board.StartAsync());
            byte[] evidence = await _board.EvidenceAsync(await NonceAsync());
            Assert.Null(EvidenceCheck.Decode(evidence, out _, out DecodedClaims? claims));
            starts.Add(claims!.Counters);
            Assert.Equal("Conformant", (await AttestAsync()).Text("conformity"));
        }

        Assert.Equal([1UL, 2UL, 3UL], starts.Select(each => each.BootCount));
        Assert.Equal(3, starts.Select(each => each.BootSeed).Distinct().Count());
    }

    [RequiresToolFact(EmulatedBoard.Emulator, EmulatedBoard.Compiler)]
    public async Task Evidence_under_another_key_is_refused_and_the_verdict_stays()
    {
        string before = (await StartAndAttestAsync()).WithoutRefusals();
        _board.ReplaceKey();
        await _board.StartAsync();

        await SubmitAsync(await _board.EvidenceAsync(await NonceAsync())).AssertProblemAsync(401, "BadSignature");

        using HttpClient client = _verifier.Operator();
        Assert.Equal(before, (await client.GetJsonAsync($"/v1/devices/{_board.Ueid}")).WithoutRefusals());
    }

    private async Task<EmulatedBoard> EnrolAsync(EmulatedBoard board)
    {
        using HttpClient client = _verifier.Operator();
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", board.Record.ToJsonString()).StatusAsync());
        return board;
    }

    private async Task<JsonElement> StartAndAttestAsync()
    {
        Assert.Equal("boot ok", await _board.StartAsync());
        return await AttestAsync();
    }

    private async Task<JsonElement> AttestAsync()
    {
        using HttpResponseMessage response = await SubmitAsync(await _board.EvidenceAsync(await NonceAsync()));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<byte[]> NonceAsync()
    {
        using HttpClient client = _verifier.Anybody();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/challenges", new { ueid = _board.Ueid });
        return Base64Url.DecodeFromChars((await response.JsonAsync()).Text("challenge"));
    }

    private async Task<HttpResponseMessage> SubmitAsync(byte[] evidence)
    {
        using HttpClient client = _verifier.Anybody();
        return await client.PostBytesAsync("/v1/evidence", evidence, TestBoard.EvidenceType);
    }

    private static IEnumerable<string> ChangedIn(JsonElement device) => device.GetProperty("components").EnumerateArray()
        .Where(component => component.Text("reported") != component.Text("expected"))
        .Select(component => component.Text("name"));
}
