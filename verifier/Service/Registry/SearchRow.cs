namespace IotAttest.Service.Registry;

/// <summary>One certificate that was found, with what names its product.</summary>
internal sealed class SearchRow
{
    public string Id { get; init; } = "";

    public string Scheme { get; init; } = "";

    public string Level { get; init; } = "";

    public string Body { get; init; } = "";

    public string Holder { get; init; } = "";

    public string? Product { get; init; }

    public string Version { get; init; } = "";

    public string Build { get; init; } = "";

    public long ValidUntil { get; init; }

    public long Status { get; init; }
}

/// <summary>How many certificates share all that one can filter by.</summary>
internal sealed class SearchGroup
{
    public string Scheme { get; init; } = "";

    public string Level { get; init; } = "";

    public long Status { get; init; }

    public string Categories { get; init; } = "";

    public string Holder { get; init; } = "";

    public long Count { get; init; }
}
