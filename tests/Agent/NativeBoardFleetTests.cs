using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>Many native boards in one process, from many threads.</summary>
[Collection(NativeBoards.Name)]
public sealed class NativeBoardFleetTests(NativeBoardBuild build)
{
    [RequiresNativeBuildFact]
    public void A_hundred_boards_attest_at_once_and_leave_nothing_open()
    {
        const int Count = 100;
        using TestBoard model = NativeBoards.New(build);
        int filesBefore = OpenFiles(model.Folder);
        using FlashImage image = FlashImage.Open(Path.Combine(model.Folder, "flash.bin"));
        TestIdentity[] boards = [.. Enumerable.Range(0, Count).Select(number => PowerOn(model, image, number))];
        Assert.Equal(Count, Mappings(model.Folder));

        byte[][] evidence = new byte[Count][];
        Parallel.For(0, Count, number => evidence[number] = NativeBoards.Attest(boards[number].Evidence));
        Array.ForEach(boards, board => board.Evidence.Dispose());

        Assert.All(Enumerable.Range(0, Count), number => Assert.True(new DecodedEvidence(evidence[number]).IsAuthentic(boards[number].Identity)));
        Assert.Equal(0, Mappings(model.Folder));
        Assert.Equal(filesBefore + 1, OpenFiles(model.Folder)); // the image of this test
    }

    [RequiresNativeBuildFact]
    public void Threads_that_call_one_board_at_once_get_answers_of_the_module_and_nothing_else()
    {
        const int MaxError = 18;
        using TestBoard board = NativeBoards.New(build, BoardKeyType.P256);
        using NativeHostModule module = NativeBoards.Module(board);

        Parallel.For(0, 400, call =>
        {
            int answer = (call % 5) switch
            {
                0 => module.Begin(NativeBoards.Nonce),
                1 or 2 => module.Step(),
                3 => module.ReadUeid(new byte[17]),
                _ => -Math.Min(module.Finish(new byte[768]), 0),
            };
            Assert.InRange(answer, 0, MaxError);
            if (call == 300)
            {
                board.Board.WriteFlash("clr", 1, [1]);
            }
        });

        Assert.Equal(13, module.Begin(NativeBoards.Nonce));
    }

    [RequiresNativeBuildFact]
    public void A_board_that_is_switched_off_takes_no_more_calls()
    {
        using TestBoard board = NativeBoards.New(build);
        NativeHostModule module = NativeBoards.Module(board);

        module.Dispose();

        Assert.Throws<ObjectDisposedException>(() => module.Begin(NativeBoards.Nonce));
        board.Board.WriteFlash("clr", 1, [1]);
    }

    private static TestIdentity PowerOn(TestBoard model, FlashImage image, int number)
    {
        string folder = Directory.CreateDirectory(Path.Combine(model.Folder, $"{number}")).FullName;
        BoardIdentity identity = BoardIdentity.Create(number % 2 == 0 ? BoardKeyType.Hmac : BoardKeyType.P256);
        SimulatedFlash flash = new(image, TestBoard.Regions, Path.Combine(folder, "flash-pages"));
        return new TestIdentity(identity, BoardEvidence.Create(model.Options with { DataFolder = folder, Identity = identity, Flash = flash }));
    }

    // Only what lies in the folder: other tests of this process open and close files meanwhile.
    private static int OpenFiles(string folder) =>
        Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) ?? false);

    private static int Mappings(string folder) => File.ReadLines("/proc/self/maps").Count(line => line.Contains(folder, StringComparison.Ordinal));

    private sealed record TestIdentity(BoardIdentity Identity, BoardEvidence Evidence);
}
