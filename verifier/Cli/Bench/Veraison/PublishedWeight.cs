namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What Veraison published of a run with a store of this size: the same report, trial 3, read off its plot.</summary>
internal static class PublishedWeight
{
    private static readonly Dictionary<int, double> PerSecond = new() { [86_348] = 33, [173_156] = 17, [263_340] = 11, [350_388] = 4, [528_164] = 2.5 };

    /// <summary>Requests a second as its plot counts them; null for sizes that it does not show.</summary>
    public static double? Of(int entries) => PerSecond.TryGetValue(entries, out double value) ? value : null;

    /// <summary>That by the rate of the smallest store.</summary>
    public static double? RatioOf(int entries) => Of(entries) / PerSecond.Values.Max();
}
