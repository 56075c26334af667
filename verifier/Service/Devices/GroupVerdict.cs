using System.Collections.Immutable;

namespace IotAttest.Service.Devices;

/// <summary>The verdict that all boards of a group share: while their evidence is young enough, and after that.</summary>
/// <param name="Causes">The sets that stay as causes under the reference values of now.</param>
/// <param name="Fresh">What history shows while the evidence holds.</param>
/// <param name="Stale">What it shows once the evidence is older than <paramref name="MaximumAge"/>.</param>
/// <param name="MaximumAge">How long evidence holds.</param>
internal sealed record GroupVerdict(ImmutableArray<string> Causes, HistoryMark Fresh, HistoryMark Stale, TimeSpan MaximumAge)
{
    /// <summary>The last moment of the evidence.</summary>
    public DateTimeOffset ExpiryOf(DateTimeOffset asOf) => asOf + MaximumAge;

    public HistoryMark MarkAt(DateTimeOffset asOf, DateTimeOffset now) => now > ExpiryOf(asOf) ? Stale : Fresh;

    /// <summary>The state of a board of the group after this appraisal: the very same object when nothing about it changed.</summary>
    public DeviceState Apply(DeviceState state, DateTimeOffset asOf, DateTimeOffset now)
    {
        HistoryMark mark = MarkAt(asOf, now);
        bool hasSameCauses = Causes.SequenceEqual(state.Facts.UnknownSets);
        return hasSameCauses && mark == state.Shown
            ? state
            : state with { Shown = mark, Facts = hasSameCauses ? state.Facts : state.Facts with { UnknownSets = Causes } };
    }

    /// <summary>True when boards of the group would show the same as under the other.</summary>
    public bool ShowsSameAs(GroupVerdict other) =>
        Fresh == other.Fresh && Stale == other.Stale && MaximumAge == other.MaximumAge && Causes.SequenceEqual(other.Causes);
}
