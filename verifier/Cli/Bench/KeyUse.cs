namespace IotAttest.Cli.Bench;

/// <summary>What a probe does about parsed P-256 keys.</summary>
internal enum KeyUse
{
    /// <summary>Boards of the whole fleet, keys parsed and kept as a verifier does.</summary>
    AsItComes,

    /// <summary>Boards whose keys the cache holds all.</summary>
    Parsed,

    /// <summary>Every key is parsed for every evidence, as that of a board that the cache does not hold.</summary>
    ParsedAnew,
}
