namespace IotAttest.Service.Builds;

/// <summary>A decision about the minimum security version of a class.</summary>
internal sealed class MinimumRow
{
    public string Manufacturer { get; init; } = "";

    public long Version { get; init; }

    public long At { get; init; }

    public string DecidedBy { get; init; } = "";

    public string Reason { get; init; } = "";
}
