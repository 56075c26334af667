namespace IotAttest.Cli.Bench;

/// <summary>Which boards a probe hears from.</summary>
internal enum BoardDraw
{
    /// <summary>As many boards as the small store has: what differs between the stores is their size alone.</summary>
    Few,

    /// <summary>Boards of the whole fleet, keys parsed and kept as a verifier does. In a large store nearly every board was not heard for long: neither
    /// its state is in the processor's cache nor its key among the parsed ones.</summary>
    Fleet,

    /// <summary>The same, and every P-256 key is parsed for every evidence in both stores, as that of a board that was not heard for long.</summary>
    FleetKeysAnew,
}
