using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The body of a decision about a device.</summary>
internal sealed record DecisionRequest(string Reason)
{
    public const int MaxReasonLength = 500;

    public static string ParseReason(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "reason");
        return fields.Text("reason", MaxReasonLength);
    }
}
