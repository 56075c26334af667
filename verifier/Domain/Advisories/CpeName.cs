using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Domain.Advisories;

/// <summary>What of a CPE name matching uses: the product and its version (NIST IR 7695, formatted string 2.3 or URI 2.2).</summary>
/// <param name="Product">Lower-case, unescaped.</param>
/// <param name="Version">Null for any.</param>
public sealed record CpeName(string Product, string? Version)
{
    /// <summary>Reads a CPE name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CpeName? name)
    {
        name = null;
        string[] parts = text is null ? []
            : text.StartsWith("cpe:2.3:", StringComparison.Ordinal) ? Split(text["cpe:2.3:".Length..])
            : text.StartsWith("cpe:/", StringComparison.Ordinal) ? Split(text["cpe:/".Length..])
            : [];
        if (parts.Length < 3 || parts[2].Length == 0 || IsAny(parts[2]))
        {
            return false;
        }

        string? version = parts.Length > 3 && !IsAny(parts[3]) ? Unescape(parts[3]) : null;
        name = new CpeName(Unescape(parts[2]).ToLowerInvariant(), version);
        return true;
    }

    private static bool IsAny(string part) => part is "" or "*" or "-";

    // A colon that belongs to a value is escaped.
    private static string[] Split(string text) => [.. text.Replace("\\:", "%3a", StringComparison.Ordinal).Split(':')];

    private static string Unescape(string part) => Uri.UnescapeDataString(part.Replace("\\", "", StringComparison.Ordinal));
}
