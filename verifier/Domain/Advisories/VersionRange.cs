using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Advisories;

/// <summary>Which versions a statement speaks of: all, one, a range, or a text that nobody but a person understands.</summary>
/// <remarks>Reads <c>vers:</c> (package-url/vers-spec) and the comparisons that CSAF 2.0 section 3.1.2.2.1 calls vls (<c>&lt;4.2</c>, <c>&gt;=1.0|&lt;1.2</c>).
/// Orders are those of <see cref="ComponentVersion"/>; a scheme that orders otherwise is read for plain dotted numbers only.</remarks>
public sealed class VersionRange
{
    private const int MaxConstraints = 64;
    private const string Scheme = "vers:";

    private static readonly string[] Comparators = ["<=", ">=", "!=", "<", ">", "="];
    private static readonly string[] GenericSchemes = ["generic", "semver", "npm", "nuget", "golang", "cargo", "github", "conan", "intdot"];

    private readonly (string Comparator, string Version)[] _constraints;
    private readonly bool _isReadable;
    private readonly bool _numbersOnly;

    private VersionRange(string text, (string, string)[] constraints, bool isReadable = true, bool numbersOnly = false)
    {
        Text = text;
        _constraints = constraints;
        _isReadable = isReadable;
        _numbersOnly = numbersOnly;
    }

    /// <summary>Every version, because the advisory says so.</summary>
    public static VersionRange All { get; } = new("*", []);

    /// <summary>As the advisory writes it.</summary>
    public string Text { get; }

    /// <summary>True when no version is left out.</summary>
    public bool IsAll => _isReadable && _constraints.Length == 0;

    /// <summary>One version.</summary>
    public static VersionRange Exact(string version) => new(version, [("=", version)]);

    /// <summary>Reads a range; one that cannot be read says of every version that a person must look.</summary>
    public static VersionRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string body = text.Trim();
        bool numbersOnly = false;
        if (body.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            string[] parts = body[Scheme.Length..].Split('/', 2);
            if (parts.Length != 2)
            {
                return Unreadable(text);
            }

            numbersOnly = !GenericSchemes.Contains(parts[0], StringComparer.OrdinalIgnoreCase);
            body = Uri.UnescapeDataString(parts[1]);
        }

        if (body == "*")
        {
            return new VersionRange(text, []);
        }

        return TryReadConstraints(body, text.TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase), out (string, string)[] constraints)
            ? new VersionRange(text, constraints, numbersOnly: numbersOnly)
            : Unreadable(text);
    }

    /// <summary>Whether a version lies within.</summary>
    /// <param name="version">The version; null when nobody said which it is.</param>
    public Certainty Contains(string? version)
    {
        if (IsAll)
        {
            return Certainty.Yes;
        }

        if (!_isReadable || version is null || (_numbersOnly && !_constraints.Select(constraint => constraint.Version).Append(version).All(IsDottedNumber)))
        {
            return Certainty.NeedsPerson;
        }

        // An equal text is an equal version, whatever it looks like.
        if (_constraints.Any(constraint => constraint.Version == version && constraint.Comparator == "="))
        {
            return Certainty.Yes;
        }

        int?[] orders = [.. _constraints.Select(constraint => ComponentVersion.Compare(version, constraint.Version))];
        return orders.Any(order => order is null) ? Certainty.NeedsPerson : Evaluate([.. orders.Select(order => order!.Value)]) ? Certainty.Yes : Certainty.No;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static VersionRange Unreadable(string text) => new(text, [], isReadable: false);

    private static bool TryReadConstraints(string body, bool isVers, out (string Comparator, string Version)[] constraints)
    {
        char[] separators = isVers ? ['|'] : ['|', ',', ' '];
        string[] parts = Joined(body).Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // Without vers, a text without comparators is prose and no list of versions.
        bool isReadable = parts.Length is > 0 and <= MaxConstraints && (isVers || parts.All(part => Comparators.Any(part.StartsWith)));
        constraints = isReadable ? [.. parts.Select(Split)] : [];
        if (!isReadable || constraints.Any(constraint => ComponentVersion.Compare(constraint.Version, constraint.Version) is null))
        {
            return false;
        }

        Array.Sort(constraints, (left, right) => Order(left.Version, right.Version));
        return constraints.Zip(constraints.Skip(1)).All(pair => Order(pair.First.Version, pair.Second.Version) != 0);
    }

    private static int Order(string left, string right) => ComponentVersion.Compare(left, right) ?? 0;

    private static (string Comparator, string Version) Split(string constraint)
    {
        string comparator = Comparators.FirstOrDefault(constraint.StartsWith) ?? "";
        return (comparator.Length == 0 ? "=" : comparator, constraint[comparator.Length..].Trim());
    }

    // ">= 1.0" is one comparison.
    private static string Joined(string body) => Comparators.Aggregate(body, (text, comparator) => text.Replace($"{comparator} ", comparator, StringComparison.Ordinal));

    private static bool IsDottedNumber(string text) => text.Length > 0 && text.All(letter => char.IsAsciiDigit(letter) || letter == '.');

    /// <summary>The algorithm of vers-spec, "Checking if a version is contained within a range".</summary>
    /// <param name="orders">For each constraint, in the order of their versions: how the version compares with it.</param>
    private bool Evaluate(int[] orders)
    {
        int equal = Array.IndexOf(orders, 0);
        if (equal >= 0)
        {
            return _constraints[equal].Comparator is "=" or "<=" or ">=";
        }

        (string Comparator, int Order)[] bounds =
            [.. _constraints.Zip(orders, (constraint, order) => (constraint.Comparator, order)).Where(bound => bound.Comparator is not ("=" or "!="))];
        if (bounds.Length == 0)
        {
            // Nothing but exceptions: all others are meant.
            return _constraints.All(constraint => constraint.Comparator == "!=");
        }

        return (IsUpper(bounds[0].Comparator) && bounds[0].Order < 0)
            || (!IsUpper(bounds[^1].Comparator) && bounds[^1].Order > 0)
            || bounds.Zip(bounds.Skip(1)).Any(pair => !IsUpper(pair.First.Comparator) && IsUpper(pair.Second.Comparator) && pair.First.Order > 0 && pair.Second.Order < 0);
    }

    private static bool IsUpper(string comparator) => comparator is "<" or "<=";
}
