namespace IotAttest.Cli.Bench;

/// <summary>What it takes until changes of certificate, advisory, policy and build show on every board.</summary>
/// <param name="Machine">This machine.</param>
/// <param name="At">When.</param>
/// <param name="Boards">Boards it concerns, all of them.</param>
/// <param name="Changes">The changes in their order.</param>
/// <param name="BytesPerChange">By how much the database grew for each board and change: its row of history and the event of it.</param>
internal sealed record ReappraisalReport(string Machine, DateTimeOffset At, int Boards, IReadOnlyList<ReappraisalRow> Changes, double BytesPerChange);
