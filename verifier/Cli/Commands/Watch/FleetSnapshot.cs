using System.Text.Json;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>The fleet at one moment.</summary>
/// <param name="Summary">As the verifier sent it.</param>
/// <param name="Counts">Boards by conformity.</param>
/// <param name="Boards">Device objects of boards that need somebody.</param>
internal sealed record FleetSnapshot(JsonElement Summary, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<JsonElement> Boards)
{
    public int Total => Summary.GetProperty("total").GetInt32();

    public string AsOf => Summary.GetProperty("asOf").GetString()!;

    /// <summary>Boards that need somebody, shown or not.</summary>
    public int Troubled => Counts.Where(count => count.Key is not ("Conformant" or "Decommissioned")).Sum(count => count.Value);
}
