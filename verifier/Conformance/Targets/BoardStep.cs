namespace IotAttest.Conformance;

/// <summary>Something that is done to a board, by a program or by a person.</summary>
/// <param name="Kind">What.</param>
/// <param name="Region">The measured region, where the kind is about one.</param>
public sealed record BoardStep(BoardStepKind Kind, string? Region = null)
{
    /// <summary>What a person is asked to do.</summary>
    public string Instruction => Kind switch
    {
        BoardStepKind.Restart => "Restart the board: press reset, or switch it off and on.",
        BoardStepKind.SwitchOff => "Switch the board off and leave it off.",
        BoardStepKind.SwitchOn => "Switch the board on.",
        BoardStepKind.FlashBuild => "Flash the build under test, all measured regions, and start the board.",
        BoardStepKind.FlashNewer => "Update the board to the newer build, as a customer would, and let it start.",
        BoardStepKind.FlashOlder => "Flash the older build, all measured regions, and start the board.",
        BoardStepKind.ChangeBit => $"Flash region {Region} with one bit of the build's file changed, and start the board.",
        BoardStepKind.ChangeErasedTail => $"Change one byte behind the end of the file in region {Region}, and start the board.",
        BoardStepKind.RestoreRegion => $"Flash region {Region} of the build under test again, and start the board.",
        BoardStepKind.ChangeBitWhileRunning => $"Change one bit of region {Region} while the board runs, without a restart.",
        BoardStepKind.EraseKeys => "Take the board out of service as its manual says, so that its keys are erased, and start it.",
        _ => throw new InvalidOperationException($"No instruction for {Kind}."),
    };
}
