using System.Globalization;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Certificates;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Registry;

/// <summary>A search that was understood. Null means any.</summary>
/// <remarks>Without a moment it is about now. The offset, results before the first one wanted, is what a cursor holds.</remarks>
internal sealed record SearchQuery(
    SearchText Text, string? Scheme, string? Level, CertificateStatus? Status, string? Category, string? Holder, string? Jurisdiction, DateTimeOffset? At, int Limit, int Offset)
{
    public const int MaxLimit = 100;
    public const int DefaultLimit = 25;

    /// <summary>Nobody reads further; a program takes the export.</summary>
    public const int MaxOffset = 100_000;

    private const int MaxFilterLength = 128;

    /// <summary>All certificates, now.</summary>
    public static SearchQuery Everything { get; } = new(SearchText.Parse(null), null, null, null, null, null, null, null, DefaultLimit, 0);

    /// <exception cref="ProblemException">A filter that means nothing.</exception>
    public static SearchQuery Parse(SearchRequest request, DateTimeOffset now) => new(
        SearchText.Parse(request.Q),
        Filter(request.Scheme),
        Filter(request.Level),
        StatusOf(Filter(request.Status)),
        Filter(request.Category),
        Filter(request.Holder),
        Filter(request.Jurisdiction),
        MomentText.ParsePast(Filter(request.At), now),
        NumberOf(Filter(request.Limit), 1, MaxLimit, DefaultLimit, "limit"),
        NumberOf(Filter(request.Cursor), 0, MaxOffset, 0, "cursor"));

    /// <summary>The schemes of the jurisdiction that is asked for; null for any.</summary>
    public IReadOnlyList<string>? SchemesOfJurisdiction => Jurisdiction is null
        ? null
        : [.. SchemeCatalogue.Default.Schemes.Where(scheme => scheme.Jurisdiction.Length > 0 && Jurisdictions.Matches(scheme.Jurisdiction, Jurisdiction)).Select(scheme => scheme.Id)];

    // A form sends what was left empty too.
    private static string? Filter(string? text) => string.IsNullOrEmpty(text)
        ? null
        : text.Length <= MaxFilterLength ? text : throw Refuse.Malformed("a filter that is too long", $"at most {MaxFilterLength} characters", "Shorten it.");

    private static CertificateStatus? StatusOf(string? word)
    {
        if (word is null)
        {
            return null;
        }

        return Enum.TryParse(word, out CertificateStatus status) && Enum.IsDefined(status) && char.IsAsciiLetter(word[0])
            ? status
            : throw Refuse.Malformed("an unknown status", string.Join(", ", Enum.GetNames<CertificateStatus>()), "Correct the status.");
    }

    private static int NumberOf(string? text, int lowest, int highest, int fallback, string name)
    {
        if (text is null)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= lowest && number <= highest
            ? number
            : throw Refuse.Malformed($"another {name}", string.Create(CultureInfo.InvariantCulture, $"{name}={lowest} to {highest}"), $"Correct the {name}, or leave it out.");
    }
}
