using IotAttest.Conformance;
using IotAttest.Simulator;

namespace IotAttest.Cli.Suites;

/// <summary>Does the steps of the suite to a simulated board.</summary>
internal sealed class SimulatedControl(SimulatedBoard board, SuiteProduct product, bool isNative) : IBoardControl
{
    public Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation) => Task.Run(() => Perform(step), cancellation);

    private string? Perform(BoardStep step) => step.Kind switch
    {
        BoardStepKind.Restart => Do(board.Reboot),
        BoardStepKind.SwitchOff => Do(board.Stop),
        BoardStepKind.SwitchOn => Do(board.Start),
        BoardStepKind.FlashBuild => Flash(product.Current, "the build under test"),
        BoardStepKind.FlashNewer => Flash(product.Newer, "a newer build"),
        BoardStepKind.FlashOlder => Flash(product.Older, "an older build"),
        BoardStepKind.ChangeBit => WhileOff(() => ChangeBit(step.Region!)),
        BoardStepKind.ChangeBitWhileRunning => Do(() => ChangeBit(step.Region!)),
        BoardStepKind.ChangeErasedTail => ChangeTail(step.Region!),
        BoardStepKind.RestoreRegion => WhileOff(() => board.FlashRegion(step.Region!, FileOf(step.Region!).Span)),
        BoardStepKind.EraseKeys => isNative ? "the C++ library of a simulated board does not erase keys" : Do(board.EraseKey),
        _ => $"a simulated board cannot do that: {step.Instruction}",
    };

    private string? Flash(SuiteBuild? build, string what) => build is null
        ? $"no files of {what} were given"
        : WhileOff(() =>
        {
            foreach ((string region, ReadOnlyMemory<byte> file) in build.Files)
            {
                board.FlashRegion(region, file.Span);
            }
        });

    private string? ChangeTail(string region)
    {
        int last = (int)product.Board.Find(region)!.Size - 1;
        return FileOf(region).Length > last ? $"the file fills region {region}: there is no erased tail" : WhileOff(() => board.WriteFlash(region, last, [0]));
    }

    private void ChangeBit(string region)
    {
        ReadOnlyMemory<byte> file = FileOf(region);
        int middle = file.Length / 2;
        board.WriteFlash(region, middle, [(byte)(file.Span[middle] ^ 1)]);
    }

    private ReadOnlyMemory<byte> FileOf(string region) => product.Current.Files[region];

    private string? WhileOff(Action change)
    {
        board.Stop();
        change();
        board.Start();
        return null;
    }

    private static string? Do(Action action)
    {
        action();
        return null;
    }
}
