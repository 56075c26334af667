using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.Products;

/// <summary>The promise of security updates: it may grow and never shrinks, and the clock alone says how it stands.</summary>
/// <param name="LastDay">The last day with support, in UTC; null while nothing is promised.</param>
public readonly record struct SupportPeriod(DateOnly? LastDay)
{
    /// <summary>The last moment with support: the last millisecond of the last day; null while nothing is promised.</summary>
    public DateTimeOffset? End => LastDay is { } day ? EndOf(day) : null;

    /// <summary>How it stands, by the same rule as the verdict about a board: <see cref="SupportTerm"/>.</summary>
    public SupportState At(DateTimeOffset now) => End is null ? SupportState.NotStated : SupportTerm.At(now, End) switch
    {
        Conditions.SupportEnded => SupportState.Ended,
        Conditions.SupportEnding => SupportState.Ending,
        _ => SupportState.Supported,
    };

    /// <summary>True when a later promise keeps this one: no end where none was, the same day, or a later one.</summary>
    public bool IsKeptBy(SupportPeriod later) => LastDay is not { } day || later.LastDay >= day;

    private static DateTimeOffset EndOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1).AddMilliseconds(-1);
}
