using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>The body of a decision that needs nothing but a reason.</summary>
internal sealed record ReasonRequest(string Reason)
{
    public const int MaxReasonLength = 500;

    public static string Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "reason");
        return fields.Text("reason", MaxReasonLength);
    }
}
