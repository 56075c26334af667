using System.Globalization;

namespace IotAttest.Cli.Output;

/// <summary>Times as RFC 3339 with whole seconds in UTC.</summary>
internal static class UtcText
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
