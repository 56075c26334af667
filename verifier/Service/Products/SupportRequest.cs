using IotAttest.Service.Builds;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Products;

/// <summary>The body that extends support: the new last day, and why.</summary>
internal sealed record SupportRequest(DateOnly SupportUntil, string Reason)
{
    public static SupportRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "supportUntil", "reason");
        DateOnly day = DayText.Parse(fields, "supportUntil") ?? throw fields.Wrong("supportUntil", "missing", "a day such as 2030-06-30");
        return new SupportRequest(day, fields.Text("reason", ReasonRequest.MaxReasonLength));
    }
}
