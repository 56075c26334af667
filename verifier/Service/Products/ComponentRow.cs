using IotAttest.Domain.Products;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>A row of component_references with the list it stands in.</summary>
internal sealed class ComponentRow
{
    public const string Columns =
        "l.class, l.build_id AS Build, l.manufacturer, r.name, r.scheme, r.number, r.level, r.url, r.status, r.until";

    public byte[] Class { get; init; } = [];

    public string? Build { get; init; }

    public string Manufacturer { get; init; } = "";

    public string Name { get; init; } = "";

    public string Scheme { get; init; } = "";

    public string Number { get; init; } = "";

    public string? Level { get; init; }

    public string? Url { get; init; }

    public string Status { get; init; } = "";

    public string? Until { get; init; }

    public ComponentSubject Subject => new(new Guid(Class, bigEndian: true), Build);

    public ComponentReference ToReference() => new(Name, Scheme, Number, Level, Url, StatusOf(Status), DayText.Stored(Until));

    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static ComponentStatus StatusOf(string word) => ComponentStatusWord.Find(word)
        ?? throw new StoreException($"The database holds a component status \"{word}\" that this program does not know. Run the version that wrote it, or a newer one.");
}
