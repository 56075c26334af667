using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Advisories;

/// <summary>A statement that is, or may be, about a build.</summary>
internal sealed class MatchRow
{
    public string Advisory { get; init; } = "";

    public string BuildId { get; init; } = "";

    public string Vulnerability { get; init; } = "";

    public long Status { get; init; }

    public long Certainty { get; init; }

    public long Level { get; init; }

    public string Product { get; init; } = "";

    public string Component { get; init; } = "";

    public string Why { get; init; } = "";

    public string Reason { get; init; } = "";

    public long At { get; init; }

    public AdvisoryMatch ToMatch() => new(Advisory, new StatementMatch(
        Vulnerability, (ProductStatus)Status, Product, DateTimeOffset.FromUnixTimeMilliseconds(At), Reason, new ProductMatch((Certainty)Certainty, (MatchLevel)Level, Component, Why)));
}
