namespace IotAttest.Cli.Bench;

/// <summary>How fast the gate answers.</summary>
/// <param name="Boards">Boards enrolled, each with a verdict.</param>
/// <param name="Rows">One for each size of a question.</param>
internal sealed record GateReport(int Boards, IReadOnlyList<GateRow> Rows);
