using IotAttest.Domain.Evidence;

namespace IotAttest.Conformance;

/// <summary>Compares measured sets in words.</summary>
internal static class Measurements
{
    /// <summary>The components that differ, are missing or are extra, in ordinal order; "none" when there are none.</summary>
    public static string Differences(MeasuredSet seen, MeasuredSet expected)
    {
        string[] names = [.. DifferingNames(seen, expected)];
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }

    public static IEnumerable<string> DifferingNames(MeasuredSet seen, MeasuredSet expected) =>
        seen.Components.Concat(expected.Components).Select(component => component.Name).Distinct().Order(StringComparer.Ordinal)
            .Where(name => seen.DigestOf(name) is not { } mine || expected.DigestOf(name) is not { } theirs || !mine.Span.SequenceEqual(theirs.Span));
}
