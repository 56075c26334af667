namespace IotAttest.Domain.Freshness;

/// <summary>The freshness that accepted evidence used up; the next one must have a later stamp.</summary>
/// <param name="Source">Number of the challenge key; growth counts per key. 0 for epoch markers.</param>
/// <param name="TimeMs">Time of the challenge or of the marker, ms since 1970: the "as of" of the verdict.</param>
public readonly record struct FreshnessStamp(long Source, long TimeMs)
{
    /// <summary>The time of the challenge or marker.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(TimeMs);
}
