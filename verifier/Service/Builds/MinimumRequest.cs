using System.Text.Json;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>The body that raises the minimum of a class. <paramref name="Manufacturer"/> is for the operator, who acts for several.</summary>
internal sealed record MinimumRequest(ulong Version, string Reason, string? Manufacturer)
{
    private const int MaxNameLength = 128;

    public static MinimumRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "version", "reason", "manufacturer");
        ulong version = fields.Element("version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) && value > 0
            ? (ulong)value
            : throw fields.Wrong("version", "no security version", "a whole number of 1 or more");
        return new MinimumRequest(version, fields.Text("reason", ReasonRequest.MaxReasonLength), fields.OptionalText("manufacturer", MaxNameLength));
    }
}
