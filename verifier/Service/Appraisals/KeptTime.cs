namespace IotAttest.Service.Appraisals;

/// <summary>Times as they are kept: milliseconds since 1970 (UTC).</summary>
internal static class KeptTime
{
    public static DateTimeOffset Read(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Read(long? milliseconds) => milliseconds is { } known ? Read(known) : null;

    /// <summary>A moment cut to what can be kept.</summary>
    public static DateTimeOffset Cut(DateTimeOffset moment) => Read(moment.ToUnixTimeMilliseconds());
}
