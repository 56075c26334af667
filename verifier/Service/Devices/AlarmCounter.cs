namespace IotAttest.Service.Devices;

/// <summary>How often a board out of service was heard: evidence whose signature and freshness held.</summary>
/// <param name="Count">Since it was decommissioned.</param>
/// <param name="LastAt">When the last came; null for never.</param>
/// <param name="ToldAt">When others were told last; null for never.</param>
internal sealed record AlarmCounter(long Count, DateTimeOffset? LastAt, DateTimeOffset? ToldAt)
{
    public static AlarmCounter None { get; } = new(0, null, null);
}
