namespace IotAttest.Service.Fleet;

/// <summary>One thing that is compared.</summary>
/// <param name="Kind">claim, region or assembly.</param>
/// <param name="Name">The claim, the region or the assembly.</param>
/// <param name="Expected">Null when nothing is expected.</param>
/// <param name="Reported">Null when nothing was reported.</param>
/// <param name="State">same, different, missing, extra, unsaid or noted.</param>
internal sealed record SheetLine(string Kind, string Name, string? Expected, string? Reported, string State)
{
    public const string Same = "same";
    public const string Different = "different";
    public const string Unsaid = "unsaid";

    /// <summary>Reported, and nothing is expected of it.</summary>
    public const string Noted = "noted";

    public bool IsBad => State is not (Same or Unsaid or Noted);

    /// <summary>Compares two values of which each may be absent.</summary>
    public static SheetLine Compare(string kind, string name, string? expected, string? reported) => new(kind, name, expected, reported, (expected, reported) switch
    {
        (null, null) => Unsaid,
        (null, _) => "extra",
        (_, null) => "missing",
        _ => expected == reported ? Same : Different,
    });
}
