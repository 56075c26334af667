namespace IotAttest.Cli.Bench;

/// <summary>What it takes until decisions about one certificate show on every board.</summary>
/// <param name="Boards">Boards it concerns, all of them.</param>
/// <param name="Decisions">The decisions in their order.</param>
/// <param name="BytesPerChange">By how much the database grew for each board and decision: its row of history and the event of it.</param>
internal sealed record ReappraisalReport(int Boards, IReadOnlyList<ReappraisalRow> Decisions, double BytesPerChange);
