namespace IotAttest.Service.Surveillance;

/// <summary>Whether what a body certified is what runs: exact numbers for that body, and no board by name.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Build">Its build.</param>
/// <param name="AsOf">When the boards were counted.</param>
/// <param name="Boards">All of them: boards of the product that run the build, ran it last, or run nothing that is known; decommissioned ones are no boards in use.</param>
/// <param name="Groups">By group: conformant, pending, drifted, silent, other, unheard.</param>
/// <param name="Drift">Boards with each drift class; a board can have several.</param>
/// <param name="Ages">Boards by the age of their last evidence.</param>
/// <param name="Trend">The groups at the end of each day, oldest first; the last one is now.</param>
internal sealed record SurveillanceView(
    string Certificate, string Build, string AsOf, long Boards, IReadOnlyList<NamedCount> Groups, IReadOnlyList<NamedCount> Drift, IReadOnlyList<NamedCount> Ages, IReadOnlyList<TrendDay> Trend);

/// <summary>How many boards.</summary>
internal sealed record NamedCount(string Name, long Boards);

/// <summary>The groups at one moment, in the order of <see cref="SurveillanceView.Groups"/> without the boards that were never heard of.</summary>
internal sealed record TrendDay(DateTimeOffset At, IReadOnlyList<NamedCount> Groups);
