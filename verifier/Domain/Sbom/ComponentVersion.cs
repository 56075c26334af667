using System.Buffers;

namespace IotAttest.Domain.Sbom;

/// <summary>Orders the versions of components.</summary>
/// <remarks>Where both texts are SemVer 2.0.0, its section 11 decides. Else segments between <c>. - _ + ~ :</c> are compared one by one: the
/// number at their start first (a missing segment is 0), then what follows it, where nothing comes before something: 1.0.2 before 1.0.2k. A
/// <c>v</c> before the first digit is ignored. Outside SemVer a suffix therefore counts as later, also one that means a preview.</remarks>
public static class ComponentVersion
{
    private const string Separators = ".-_+~:";

    private static readonly SearchValues<char> SemVerCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    /// <summary>Less than 0, 0, or more than 0; null when one of the two starts with no number, so that nothing can be said.</summary>
    public static int? Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        string a = WithoutPrefix(left.Trim());
        string b = WithoutPrefix(right.Trim());
        if (!StartsWithDigit(a) || !StartsWithDigit(b))
        {
            return null;
        }

        return TryParse(a, out string[] coreA, out string[] previewA) && TryParse(b, out string[] coreB, out string[] previewB)
            ? CompareSemVer(coreA, previewA, coreB, previewB)
            : CompareSegments(a.Split(Separators.ToCharArray()), b.Split(Separators.ToCharArray()));
    }

    private static string WithoutPrefix(string text) => text.Length > 1 && text[0] is 'v' or 'V' && char.IsAsciiDigit(text[1]) ? text[1..] : text;

    private static bool StartsWithDigit(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]);

    // SemVer 2.0.0 sections 2, 9 and 10: three numbers without leading zeros, then pre-release, then build, which does not count.
    private static bool TryParse(string text, out string[] core, out string[] preview)
    {
        string[] withoutBuild = text.Split('+', 2);
        string[] parts = withoutBuild[0].Split('-', 2);
        core = parts[0].Split('.');
        preview = parts.Length == 2 ? parts[1].Split('.') : [];
        return core.Length == 3 && core.All(IsNumber)
            && preview.All(part => IsIdentifier(part) && (IsNumber(part) || !part.All(char.IsAsciiDigit)))
            && (withoutBuild.Length == 1 || withoutBuild[1].Split('.').All(IsIdentifier));
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static bool IsIdentifier(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(SemVerCharacters);

    private static int CompareSemVer(string[] coreA, string[] previewA, string[] coreB, string[] previewB)
    {
        int order = coreA.Zip(coreB, CompareNumbers).FirstOrDefault(result => result != 0);
        if (order != 0 || (previewA.Length == 0 && previewB.Length == 0))
        {
            return order;
        }

        // A version with a pre-release comes before the one without.
        return previewA.Length == 0 ? 1 : previewB.Length == 0 ? -1 : ComparePreviews(previewA, previewB);
    }

    private static int ComparePreviews(string[] a, string[] b)
    {
        int order = a.Zip(b, CompareIdentifiers).FirstOrDefault(result => result != 0);
        return order != 0 ? order : a.Length.CompareTo(b.Length);
    }

    // Section 11.4: numbers before words, numbers by value, words by ASCII.
    private static int CompareIdentifiers(string a, string b) => (IsNumber(a), IsNumber(b)) switch
    {
        (true, true) => CompareNumbers(a, b),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(a, b),
    };

    private static int CompareSegments(string[] a, string[] b)
    {
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            (string numberA, string restA) = SplitNumber(i < a.Length ? a[i] : "");
            (string numberB, string restB) = SplitNumber(i < b.Length ? b[i] : "");
            int order = CompareNumbers(numberA, numberB);
            order = order != 0 ? order : string.CompareOrdinal(restA, restB);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static (string Number, string Suffix) SplitNumber(string segment)
    {
        int digits = segment.TakeWhile(char.IsAsciiDigit).Count();
        return (segment[..digits], segment[digits..]);
    }

    // Of any length: by length without leading zeros, then digit by digit.
    private static int CompareNumbers(string a, string b)
    {
        string left = a.TrimStart('0');
        string right = b.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
    }
}
