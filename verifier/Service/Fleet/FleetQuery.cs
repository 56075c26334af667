using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Fleet;

/// <summary>Which boards of a fleet somebody wants to see; null means any, and a UEID may be given in part.</summary>
internal sealed record FleetQuery(
    string Ueid, Conformity? Conformity, Drift? Drift, Guid? Class, string? Group, string? Build, EvidenceStrength? Strength, FleetRange Range, int Limit, int Offset)
{
    public const int MaxUeidLength = 34;
    public const int RowsPerPage = 50;

    /// <summary>Further back than this nobody turns pages: the filters are there for that.</summary>
    private const int MaxOffset = 10_000_000;

    /// <param name="read">The value of a member of the query; null when it is absent.</param>
    /// <exception cref="ProblemException">A filter that cannot match anything, by name.</exception>
    public static FleetQuery Parse(Func<string, string?> read)
    {
        Paging paging = Paging.Parse(read("limit") ?? $"{RowsPerPage}", read("cursor"));
        return new FleetQuery(
            UeidOf(read("q")),
            Named<Conformity>("conformity", read("conformity")),
            Named<Drift>("drift", read("drift")),
            ClassOf(read("class")),
            read("group"),
            read("build"),
            StrengthOf(read("strength")),
            FleetRange.Of(read("range")),
            paging.Limit,
            (int)Math.Min(paging.Cursor ?? 0, MaxOffset));
    }

    private static string UeidOf(string? text)
    {
        string digits = (text ?? "").Trim().ToLowerInvariant();
        return digits.Length <= MaxUeidLength && digits.All(char.IsAsciiHexDigitLower)
            ? digits
            : throw Refuse.Malformed("a search that is no part of a UEID", $"at most {MaxUeidLength} hex digits", "Type the UEID, or some digits of it.");
    }

    // By name only: Enum.TryParse would take numbers and lists too.
    private static T? Named<T>(string filter, string? text)
        where T : struct, Enum => text is null
        ? null
        : Enum.GetValues<T>().Where(value => value.ToString() == text && Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0).Select(value => (T?)value).FirstOrDefault()
            ?? throw Refuse.Malformed($"another {filter}", $"one of {string.Join(", ", Enum.GetNames<T>())}", "Correct the filter.");

    private static Guid? ClassOf(string? text) => text is null
        ? null
        : Guid.TryParseExact(text, "D", out Guid id) ? id : throw Refuse.Malformed("a class that is no UUID", "class=<UUID>", "Correct the filter.");

    private static EvidenceStrength? StrengthOf(string? text) => text is null
        ? null
        : EnrolmentWords.TryParseStrength(text, out EvidenceStrength strength) ? strength : throw Refuse.Malformed("another evidence strength", "self-reported, native or hardware-rooted", "Correct the filter.");
}
