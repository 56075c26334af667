using System.Collections.Concurrent;

using IotAttest.Simulator;

namespace IotAttest.Agent.Tests;

/// <summary>A simulated board of 64 KiB flash in a folder of its own, with short waits.</summary>
internal sealed class TestBoard : IDisposable
{
    public const int FlashBytes = 65536;

    public static readonly FlashRegion[] Regions =
    [
        new("bootloader", 0x0000, 0x1000),
        new("partitions", 0x1000, 0x0C00),
        new("clr", 0x2000, 0x9000),
        new("deployment", 0xB000, 0x4800),
    ];

    private readonly FlashImage _image;

    public TestBoard(int port, BoardKeyType keyType = BoardKeyType.Hmac, Func<SimulatedBoardOptions, SimulatedBoardOptions>? change = null)
    {
        Folder = Directory.CreateTempSubdirectory("iotattest-board").FullName;
        byte[] clr = new byte[0x9000];
        new Random(7).NextBytes(clr);
        _image = FlashImage.Create(Path.Combine(Folder, "flash.bin"), FlashBytes, [(0, [1, 2, 3]), (0x2000, clr), (0xB000, [4, 5, 6])]);
        Flash = new SimulatedFlash(_image, Regions, Path.Combine(Folder, "flash.overlay"));
        SimulatedBoardOptions options = new()
        {
            DataFolder = Folder,
            Identity = BoardIdentity.Create(keyType),
            ClassId = Guid.Parse("7d9d0c4e-3f1b-4c7e-9a55-0f4f2f6f8a01"),
            OemId = 32473,
            Flash = Flash,
            Port = port,
            BackOffMin = TimeSpan.FromMilliseconds(20),
            BackOffMax = TimeSpan.FromMilliseconds(200),
            ResultWait = TimeSpan.FromSeconds(2),
        };
        Options = change is null ? options : change(options);
        Board = new SimulatedBoard(Options);
        Board.StatusChanged += (_, arguments) => Statuses.Enqueue(arguments.Status);
    }

    public string Folder { get; }

    public SimulatedFlash Flash { get; }

    public SimulatedBoardOptions Options { get; }

    public SimulatedBoard Board { get; }

    public BoardIdentity Identity => Options.Identity;

    public ConcurrentQueue<AgentStatus> Statuses { get; } = new();

    public void AwaitStatus(AgentStatus status, int times = 1) =>
        Eventually.Holds(() => Statuses.Count(seen => seen == status) >= times, $"{status} x {times}, seen: {string.Join(" ", Statuses)}");

    public void Dispose()
    {
        Board.Dispose();
        _image.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
