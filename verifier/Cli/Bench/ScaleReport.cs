namespace IotAttest.Cli.Bench;

/// <summary>What the size of the store changes.</summary>
/// <param name="Machine">This machine.</param>
/// <param name="At">When.</param>
/// <param name="Small">The small store.</param>
/// <param name="Large">The large store.</param>
/// <param name="Rows">Costs in both.</param>
/// <param name="ResidentBytes">Resident memory of a verifier of its own on the large store.</param>
/// <param name="DatabaseBytesPerBoard">Database bytes of a board with its verdict, its first history row and the event of it.</param>
/// <param name="OpenSeconds">How long the large store takes to open.</param>
internal sealed record ScaleReport(string Machine, DateTimeOffset At, FleetPlan Small, FleetPlan Large, IReadOnlyList<ScaleRow> Rows, long ResidentBytes, double DatabaseBytesPerBoard, double OpenSeconds);
