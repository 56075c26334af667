namespace IotAttest.Service.Audit;

/// <summary>One write as it is on record.</summary>
internal sealed record AuditRow
{
    public long Seq { get; init; }

    public long At { get; init; }

    /// <summary>Null for the operator.</summary>
    public string? Organisation { get; init; }

    public string Token { get; init; } = "";

    public string TokenId { get; init; } = "";

    public string Person { get; init; } = "";

    public string Method { get; init; } = "";

    /// <summary>The template, never the path.</summary>
    public string Route { get; init; } = "";

    /// <summary>What the route's parameters named, or the address of what was made.</summary>
    public string Object { get; init; } = "";

    public string Reason { get; init; } = "";

    public long Status { get; init; }

    /// <summary>Refusals of the same organisation since its last row that got no row of their own.</summary>
    public long Omitted { get; init; }
}
