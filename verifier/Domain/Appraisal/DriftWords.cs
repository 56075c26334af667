namespace IotAttest.Domain.Appraisal;

/// <summary>Drift as the list of words that results carry.</summary>
public static class DriftWords
{
    private static readonly Drift[] All = [.. Enum.GetValues<Drift>().Where(drift => drift != Drift.None)];

    /// <summary>The names of all classes that are set, in the order of <see cref="Drift"/>.</summary>
    public static string[] Words(this Drift drift) =>
        drift == Drift.None ? [] : [.. All.Where(single => drift.HasFlag(single)).Select(single => single.ToString())];
}
