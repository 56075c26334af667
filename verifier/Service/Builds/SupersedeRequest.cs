using System.Text.Json;
using System.Xml;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>The body that names the successor of a build; <paramref name="Grace"/> is a number of seconds or an ISO 8601 duration.</summary>
internal sealed record SupersedeRequest(string By, JsonElement Grace)
{
    private const int MaxTextLength = 64;
    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(3650);

    public static (string By, TimeSpan Grace) Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "by", "grace");
        return (fields.Text("by", MaxTextLength), GraceOf(fields));
    }

    private static TimeSpan GraceOf(RequestFields fields)
    {
        TimeSpan? grace = fields.Element("grace") switch
        {
            null => TimeSpan.Zero,
            { ValueKind: JsonValueKind.Number } number => number.TryGetInt32(out int seconds) ? TimeSpan.FromSeconds(seconds) : null,
            _ => ParseDuration(fields.Text("grace", MaxTextLength)),
        };
        return grace is { } span && span >= TimeSpan.Zero && span <= MaxGrace
            ? span
            : throw fields.Wrong("grace", "no span of time in range", "seconds, or a duration such as \"P30D\", up to ten years");
    }

    private static TimeSpan? ParseDuration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException)
        {
            return null;
        }
    }
}
