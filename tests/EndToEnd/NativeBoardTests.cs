using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Evidence;
using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Boards whose evidence the C++ core makes, against the whole verifier over its own MQTT.</summary>
public sealed class NativeBoardTests(NativeBoardBuild build) : IClassFixture<NativeBoardBuild>, IDisposable
{
    private const int FlashBytes = 0x10000;
    private const int BoardCount = 6;

    private static readonly FlashRegion[] Regions = [new("bootloader", 0, 0x1801), new("clr", 0x2000, 0x9000), new("deployment", 0xB000, 0x5000)];

    private readonly List<BoardIdentity> _identities = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RequiresNativeBuildTheory]
    [InlineData(BoardKeyType.Hmac)]
    [InlineData(BoardKeyType.P256)]
    public async Task Native_boards_become_conformant_and_the_tampered_one_is_found_after_its_restart(BoardKeyType keyType)
    {
        byte[] clr = RandomNumberGenerator.GetBytes(0x8000);
        using FlashImage image = FlashImage.Create(Path.Combine(_folder, "product.flash"), FlashBytes, [(0, [1, 2, 3]), (0x2000, clr), (0xB000, [4, 5, 6])]);
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        await registry.SubmitCertifiedAsync(MeasuredSetOf(image));
        SimulatedBoard[] boards = [.. Enumerable.Range(0, BoardCount).Select(number => NewBoard(image, keyType, verifier.MqttPort, number))];
        try
        {
            await EnrolAsync(verifier);
            Array.ForEach(boards, board => board.Start());
            await UntilAsync(() => boards.All(board => board.LastResult?.Conformity == "Conformant"), boards);

            boards[0].WriteFlash("deployment", 1, [5 ^ 1]);
            boards[0].Reboot();
            await UntilAsync(() => boards[0].LastResult?.Conformity == "Compromised", boards);

            using HttpClient client = verifier.Operator();
            Assert.Equal(["UnknownMeasurement"], (await client.GetJsonAsync($"/v1/devices/{boards[0].UeidHex}")).GetProperty("drift").EnumerateArray().Select(word => word.GetString()));
            Assert.All(boards[1..], board => Assert.Equal("Conformant", board.LastResult!.Conformity));
        }
        finally
        {
            Array.ForEach(boards, board => board.Dispose());
        }
    }

    private SimulatedBoard NewBoard(FlashImage image, BoardKeyType keyType, int port, int number)
    {
        string folder = Path.Combine(_folder, $"{number}");
        Directory.CreateDirectory(folder);
        _identities.Add(BoardIdentity.Create(keyType));
        return new SimulatedBoard(new SimulatedBoardOptions
        {
            DataFolder = folder,
            Identity = _identities[^1],
            ClassId = Guid.Parse(Boards.Class),
            OemId = 32473,
            Flash = new SimulatedFlash(image, Regions, Path.Combine(folder, "flash-pages")),
            NativeLibrary = NativeBoardLibrary.Load(build.Library),
            Port = port,
        });
    }

    private async Task EnrolAsync(VerifierUnderTest verifier)
    {
        using HttpClient client = verifier.Operator();
        foreach (BoardIdentity identity in _identities)
        {
            JsonObject record = RecordOf(identity).With("credential", identity.Credential);
            Assert.Equal(201, await client.PostTextAsync("/v1/devices", record.ToJsonString()).StatusAsync());
        }
    }

    private static JsonObject RecordOf(BoardIdentity identity)
    {
        if (identity.HmacKey is not null)
        {
            return Boards.Hmac(identity.UeidHex, identity.HmacKey);
        }

        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(identity.PrivateKeyPem);
        return Boards.P256(identity.UeidHex, key);
    }

    // .NET's own digests of the file, as a manifest would name them.
    private static MeasuredSet MeasuredSetOf(FlashImage image)
    {
        byte[] flash = new byte[FlashBytes];
        image.Read(0, flash);
        return new MeasuredSet(Regions.Select(region => new MeasuredComponent(region.Name, SHA256.HashData(flash.AsSpan((int)region.Offset, region.Size)))));
    }

    private static async Task UntilAsync(Func<bool> holds, SimulatedBoard[] boards)
    {
        using CancellationTokenSource patience = new(Patience.Long);
        while (!holds())
        {
            Assert.False(patience.IsCancellationRequested, string.Join(", ", boards.Select(board => $"{board.Status} {board.LastResult?.Conformity}")));
            await Task.Delay(20);
        }
    }
}
