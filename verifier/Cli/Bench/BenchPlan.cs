using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench;

/// <summary>What to measure.</summary>
/// <param name="Duration">Length of each measurement.</param>
/// <param name="Boards">Boards that attest at the same time.</param>
/// <param name="Fill">Boards enrolled for the memory figure.</param>
/// <param name="InProcessOnly">Leaves out everything that needs a running verifier.</param>
/// <param name="Kinds">The boards' keys.</param>
/// <param name="HasMosquitto">Measures through a Mosquitto as well.</param>
/// <param name="Rabbit">Measures through a RabbitMQ node of these programs as well; null leaves it out.</param>
/// <param name="Postgres">A PostgreSQL server where databases may be made; null leaves it out.</param>
internal sealed record BenchPlan(
    TimeSpan Duration, int Boards, int Fill, bool InProcessOnly, IReadOnlyList<DeviceKeyKind> Kinds, bool HasMosquitto = false, RabbitPrograms? Rabbit = null, string? Postgres = null);
