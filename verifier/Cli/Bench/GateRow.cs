namespace IotAttest.Cli.Bench;

/// <summary>Latency of the gate over HTTP.</summary>
/// <param name="BoardsPerRequest">Boards in one question.</param>
/// <param name="Clients">Clients that ask at the same time.</param>
/// <param name="Load">What was measured.</param>
/// <param name="P95Ms">95th percentile.</param>
internal sealed record GateRow(int BoardsPerRequest, int Clients, LoadReport Load, double P95Ms);
