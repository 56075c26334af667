namespace IotAttest.Cli.Checks;

/// <summary>One thing that does not hold: where (null for the whole file), what was seen, what was expected, what to do.</summary>
internal sealed record CheckFailure(string? Path, string Seen, string Expected, string Do);
