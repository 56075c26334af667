using System.Globalization;

namespace IotAttest.Service.Hosting;

/// <summary>Times as texts of RFC 3339 in UTC.</summary>
internal static class UtcText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;

    public static string OfMs(long milliseconds) => Of(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    public static string? OfMs(long? milliseconds) => milliseconds is { } known ? OfMs(known) : null;
}
