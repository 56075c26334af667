using System.Text;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Tests.Boards;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>board.json.</summary>
internal sealed class BoardTarget : JsonTarget
{
    private static readonly Guid Class = new("3a027440-72b9-4f97-9da0-8c5b58d2cd3b");

    public override string Name => "board";

    protected override IEnumerable<string> Documents => [BoardFiles.Text(BoardFiles.Esp32S3), BoardFiles.Text(BoardFiles.Stm32)];

    public override Outcome Decode(byte[] input) => BoardJson.TryRead(Encoding.UTF8.GetString(input), out BoardDescription? board, out BoardError? error)
        ? new Outcome(true, HashCode.Combine(board.Target, board.Class, board.Regions.Count))
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        string named = BoardJson.WithClass(Encoding.UTF8.GetString(input), Class, 32473);
        Hold.True(BoardJson.TryRead(named, out BoardDescription? board, out _) && board.Class == Class, "an accepted board with a class is not accepted");
    }
}
