using System.Text.Json;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>The body of a rekey.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record RekeyRequest(JsonElement Key, string Reason, string? Credential)
{
    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static NewKey Parse(ReadOnlyMemory<byte> json, string ueid)
    {
        using RequestFields fields = RequestFields.Parse(json, "key", "reason", "credential");
        return new NewKey(EnrolledKey.Parse(fields, Ueid.FromHex(ueid)!), DeviceCredential.Parse(fields), fields.Text("reason", DecisionRequest.MaxReasonLength));
    }
}
