namespace IotAttest.Domain.Products;

/// <summary>The promise of security updates: it may grow and never shrinks, and the clock alone says how it stands.</summary>
/// <param name="LastDay">The last day with support, in UTC; null while nothing is promised.</param>
public readonly record struct SupportPeriod(DateOnly? LastDay)
{
    /// <summary>How long before the end people are warned.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromDays(90);

    /// <summary>The last moment with support: the last millisecond of the last day; null while nothing is promised.</summary>
    public DateTimeOffset? End => LastDay is { } day ? EndOf(day) : null;

    /// <summary>From when on people are warned; null while nothing is promised.</summary>
    public DateTimeOffset? WarnFrom => End - Warning;

    /// <summary>How it stands. The last moment still counts as supported.</summary>
    public SupportState At(DateTimeOffset now)
    {
        if (End is not { } end)
        {
            return SupportState.NotStated;
        }

        if (now > end)
        {
            return SupportState.Ended;
        }

        return now >= WarnFrom ? SupportState.Ending : SupportState.Supported;
    }

    /// <summary>True when a later promise keeps this one: no end where none was, the same day, or a later one.</summary>
    public bool IsKeptBy(SupportPeriod later) => LastDay is not { } day || later.LastDay >= day;

    private static DateTimeOffset EndOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1).AddMilliseconds(-1);
}
