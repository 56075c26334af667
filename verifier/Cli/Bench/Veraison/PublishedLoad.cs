namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What Veraison published of a run with this many users: veraison/services, perf/reports/2025-02, trial 1; rates and most latencies are read off its plots.</summary>
/// <param name="PerSecond">Requests a second, as its plots count them.</param>
/// <param name="CountedPerSecond">Evidence a second from the totals that its table prints, over 150 s.</param>
/// <param name="Median">Median latency.</param>
/// <param name="P95">95th percentile of latency.</param>
/// <param name="Max">Longest latency.</param>
/// <param name="Failed">Evidence that failed, of how many.</param>
internal sealed record PublishedLoad(string PerSecond, string CountedPerSecond, string Median, string P95, string Max, string Failed)
{
    private const string Plateau = "415 to 435";
    private const string EveryMedian = "about 100 ms";

    private static readonly PublishedLoad None = new("", "", "", "", "", "");

    /// <summary>Of one number of users; where nothing was published, empty texts.</summary>
    public static PublishedLoad Of(int users) => users switch
    {
        46 => None with { Median = EveryMedian, P95 = "75 to 115 ms", Failed = "0" },
        62 or 70 => None with { Median = EveryMedian, P95 = "300 to 340 ms", Failed = "0" },
        78 => None with { PerSecond = Plateau, Median = EveryMedian, Failed = "0" },
        86 => new(Plateau, "281", EveryMedian, "505 ms", "10 to 12 s", "36 of 42,081"),
        94 => None with { PerSecond = Plateau, Median = EveryMedian, Max = "about 2 s", Failed = "0" },
        102 => new(Plateau, "282", EveryMedian, "560 ms", "10 to 12 s", "31 of 42,343"),
        _ => None,
    };
}
