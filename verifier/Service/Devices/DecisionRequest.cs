using System.Text.Json;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>The body of a decision about a device.</summary>
internal sealed record DecisionRequest(string Reason)
{
    private const int MaxReasonLength = 500;

    public static string ParseReason(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "reason");
        return fields.Text("reason", MaxReasonLength);
    }

    public static (EnrolledKey Key, string Reason) ParseRekey(ReadOnlyMemory<byte> json, string ueid)
    {
        using RequestFields fields = RequestFields.Parse(json, "key", "reason");
        return (EnrolledKey.Parse(fields, Ueid.FromHex(ueid)!), fields.Text("reason", MaxReasonLength));
    }
}

/// <summary>The body of a rekey.</summary>
internal sealed record RekeyRequest(JsonElement Key, string Reason);
