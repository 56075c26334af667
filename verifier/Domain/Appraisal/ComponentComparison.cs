using System.Collections.Immutable;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.Appraisal;

/// <summary>One line of the comparison people read.</summary>
/// <param name="Name">The component.</param>
/// <param name="Reported"><c>sha256:</c> and 64 hex digits, or null when the board did not report it.</param>
/// <param name="Expected">The same from the manifest compared with, or null when that has none.</param>
public sealed record ComponentComparison(string Name, string? Reported, string? Expected)
{
    /// <summary>Puts two sets side by side, in ordinal order of the names.</summary>
    public static ImmutableArray<ComponentComparison> Compare(MeasuredSet? reported, MeasuredSet? expected)
    {
        IEnumerable<string> names = (reported?.Components ?? []).Concat(expected?.Components ?? [])
            .Select(component => component.Name).Distinct().Order(StringComparer.Ordinal);
        return [.. names.Select(name => new ComponentComparison(name, Text(reported?.DigestOf(name)), Text(expected?.DigestOf(name))))];
    }

    private static string? Text(ReadOnlyMemory<byte>? digest) =>
        digest is { } bytes ? $"sha256:{Convert.ToHexStringLower(bytes.Span)}" : null;
}
