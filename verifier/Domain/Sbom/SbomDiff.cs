namespace IotAttest.Domain.Sbom;

/// <summary>What differs between two bills of materials, in ordinal order of the names.</summary>
/// <param name="Added">Components that only the later one lists.</param>
/// <param name="Removed">Components that only the earlier one lists.</param>
/// <param name="Changed">Components in both whose versions or hashes differ.</param>
/// <param name="Same">How many are in both and alike.</param>
public sealed record SbomDiff(IReadOnlyList<SbomComponent> Added, IReadOnlyList<SbomComponent> Removed, IReadOnlyList<SbomChange> Changed, int Same)
{
    /// <summary>Compares two bills by the names of their components; where a name stands several times, its versions are compared in ordinal order.</summary>
    /// <param name="earlier">The one before, such as that of the last certified build.</param>
    /// <param name="later">The one after.</param>
    public static SbomDiff Of(SbomDocument earlier, SbomDocument later)
    {
        ILookup<string, SbomComponent> before = Sorted(earlier);
        ILookup<string, SbomComponent> after = Sorted(later);
        List<SbomComponent> added = [];
        List<SbomComponent> removed = [];
        List<SbomChange> changed = [];
        int same = 0;
        foreach (string name in before.Concat(after).Select(group => group.Key).Distinct().Order(StringComparer.Ordinal))
        {
            SbomComponent[] old = [.. before[name]];
            SbomComponent[] now = [.. after[name]];
            int common = Math.Min(old.Length, now.Length);
            SbomChange[] pairs = [.. old.Zip(now, (first, second) => new SbomChange(name, first, second))];
            changed.AddRange(pairs.Where(pair => pair.IsChange));
            same += pairs.Count(pair => !pair.IsChange);
            removed.AddRange(old[common..]);
            added.AddRange(now[common..]);
        }

        return new SbomDiff(added, removed, changed, same);
    }

    private static ILookup<string, SbomComponent> Sorted(SbomDocument document) =>
        document.Components.OrderBy(component => component.Version, StringComparer.Ordinal).ToLookup(component => component.Name, StringComparer.Ordinal);
}
