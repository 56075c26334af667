using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Evidence;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>DESIGN.md section 4 with the real agent: what happens to honest boards is no conflict, and a copy is one within one attestation.</summary>
public sealed class BoardIdentityTests : IAsyncLifetime
{
    private const int FlashBytes = 0x10000;

    private static readonly FlashRegion[] Regions = [new("clr", 0x2000, 0x9000), new("deployment", 0xB000, 0x5000)];
    private static readonly byte[] Deployment = [4, 5, 6];

    private readonly BoardIdentity _identity = BoardIdentity.Create(BoardKeyType.Hmac);
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-identity-").FullName;
    private FlashImage _image = null!;
    private VerifierUnderTest _verifier = null!;
    private SimulatedBoard _board = null!;

    public async Task InitializeAsync()
    {
        _image = FlashImage.Create(Path.Combine(_folder, "product.flash"), FlashBytes, [(0x2000, RandomNumberGenerator.GetBytes(0x8000)), (0xB000, Deployment)]);
        _verifier = await VerifierUnderTest.StartWithMqttAsync();
        using (Registry registry = await Registry.OpenAsync(_verifier))
        {
            await registry.SubmitCertifiedAsync(MeasuredSetOf(_image));
        }

        using HttpClient client = _verifier.Operator();
        JsonObject record = Boards.Hmac(_identity.UeidHex, _identity.HmacKey).With("credential", _identity.Credential);
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", record.ToJsonString()).StatusAsync());
        _board = NewBoard("original");
        _board.Start();
        await UntilReportsAsync(1);
    }

    public async Task DisposeAsync()
    {
        _board.Dispose();
        _image.Dispose();
        await _verifier.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Power_cycles_a_factory_reset_and_a_flash_of_the_same_build_are_no_conflict()
    {
        _board.Reboot();
        await UntilReportsAsync(2);
        _board.Stop();

        // A factory reset takes everything but the boot counter.
        foreach (string file in Directory.GetFiles(FolderOf("original")).Where(path => Path.GetFileName(path) != "boot-count"))
        {
            File.Delete(file);
        }

        _board.Start();
        await UntilReportsAsync(3);
        _board.FlashRegion("deployment", Deployment);
        _board.Reboot();
        await UntilReportsAsync(4);

        Assert.Equal("Conformant", await ConformityAsync());
    }

    [Fact]
    public async Task A_copy_that_starts_anew_is_found_with_its_first_evidence()
    {
        _board.Stop();
        using SimulatedBoard copy = NewBoard("copy");

        copy.Start();
        await UntilReportsAsync(2);

        Assert.Equal("Compromised", await ConformityAsync());
    }

    [Fact]
    public async Task A_board_that_was_wound_back_is_found_with_its_first_evidence()
    {
        _board.Reboot();
        await UntilReportsAsync(2);
        _board.Stop();
        await File.WriteAllTextAsync(Path.Combine(FolderOf("original"), "boot-count"), "0");

        _board.Start();
        await UntilReportsAsync(3);

        Assert.Equal("Compromised", await ConformityAsync());
    }

    private SimulatedBoard NewBoard(string name)
    {
        Directory.CreateDirectory(FolderOf(name));
        return new SimulatedBoard(new SimulatedBoardOptions
        {
            DataFolder = FolderOf(name),
            Identity = _identity,
            ClassId = Guid.Parse(Boards.Class),
            OemId = 32473,
            Flash = new SimulatedFlash(_image, Regions, Path.Combine(FolderOf(name), "flash-pages")),
            Port = _verifier.MqttPort,
        });
    }

    private string FolderOf(string name) => Path.Combine(_folder, name);

    private async Task<string> ConformityAsync()
    {
        using HttpClient client = _verifier.Operator();
        JsonElement device = await client.GetJsonAsync($"/v1/devices/{_identity.UeidHex}");
        Assert.Equal(device.Text("conformity") == "Conformant" ? [] : ["IdentityConflict"], device.Drift());
        return device.Text("conformity");
    }

    /// <summary>Waits until that many evidences of the board were accepted.</summary>
    private async Task UntilReportsAsync(long reports)
    {
        using HttpClient client = _verifier.Anybody();
        DateTimeOffset end = DateTimeOffset.UtcNow + Patience.Long;
        for (long seen = -1; seen < reports; seen = await AcceptedAsync(client))
        {
            Assert.True(DateTimeOffset.UtcNow < end, $"{seen} reports, not {reports}: {_board.Status}");
            await Task.Delay(50);
        }
    }

    private static async Task<long> AcceptedAsync(HttpClient client)
    {
        const string Counter = "iotattest_evidence_accepted_total ";
        string metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        string? line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(Counter, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[Counter.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static MeasuredSet MeasuredSetOf(FlashImage image)
    {
        byte[] file = File.ReadAllBytes(image.Path);
        return new MeasuredSet(Regions.Select(region => new MeasuredComponent(region.Name, SHA256.HashData(file.AsSpan((int)region.Offset, region.Size)))));
    }
}
