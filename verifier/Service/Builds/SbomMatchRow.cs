namespace IotAttest.Service.Builds;

/// <summary>A component of a build, as the index holds it.</summary>
internal sealed class SbomMatchRow
{
    public string BuildId { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Version { get; init; }

    public string? Purl { get; init; }

    public string? Type { get; init; }
}
