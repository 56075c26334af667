using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>One decision about a build.</summary>
internal sealed class BuildEventRow
{
    public long At { get; init; }

    public string Event { get; init; } = "";

    public string DecidedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public BuildEventView ToView() => new(UtcText.OfMs(At), Event, DecidedBy, Reason);
}

/// <summary>What happened to a build, for everybody.</summary>
internal sealed record BuildEventView(string At, string Event, string DecidedBy, string Reason);
