namespace IotAttest.Service.Transparency;

/// <summary>One entry of the log.</summary>
internal sealed class LogRow
{
    public long Sequence { get; init; }

    public long At { get; init; }

    public string Kind { get; init; } = "";

    public string Ref { get; init; } = "";

    /// <summary>Null only for a row that somebody deleted behind the log's back.</summary>
    public byte[]? Entry { get; init; }

    public byte[] Leaf { get; init; } = [];
}
