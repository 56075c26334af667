namespace IotAttest.Cli.Bench;

/// <summary>Memory and disk of a verifier with many boards.</summary>
/// <param name="Boards">Boards enrolled for this figure.</param>
/// <param name="ResidentBytesPerBoard">Growth of resident memory.</param>
/// <param name="DatabaseBytesPerBoard">Growth of the database file.</param>
/// <param name="EnrolmentsPerSecond">How fast they were enrolled.</param>
internal sealed record MemoryFigures(int Boards, double ResidentBytesPerBoard, double DatabaseBytesPerBoard, double EnrolmentsPerSecond);
