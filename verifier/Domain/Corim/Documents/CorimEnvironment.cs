namespace IotAttest.Domain.Corim.Documents;

/// <summary>environment-map: at least one member is there.</summary>
public sealed record CorimEnvironment
{
    /// <summary>class-id: <c>oid</c>, <c>uuid</c> or <c>bytes</c>.</summary>
    public CorimValue? ClassId { get; init; }

    /// <summary>Vendor, or null.</summary>
    public string? Vendor { get; init; }

    /// <summary>Model, only with a vendor.</summary>
    public string? Model { get; init; }

    /// <summary>Layer, or null.</summary>
    public ulong? Layer { get; init; }

    /// <summary>Index, or null.</summary>
    public ulong? Index { get; init; }

    /// <summary>One device: <c>ueid</c>, <c>uuid</c>, <c>bytes</c>, or a key or certificate.</summary>
    public CorimValue? Instance { get; init; }

    /// <summary>A group of devices: <c>uuid</c> or <c>bytes</c>.</summary>
    public CorimValue? Group { get; init; }
}
