namespace IotAttest.Cli.Bench;

/// <summary>How fast the gate answers.</summary>
/// <param name="Machine">This machine.</param>
/// <param name="At">When.</param>
/// <param name="Boards">Boards enrolled, each with a verdict.</param>
/// <param name="Rows">One for each size of a question.</param>
internal sealed record GateReport(string Machine, DateTimeOffset At, int Boards, IReadOnlyList<GateRow> Rows);
