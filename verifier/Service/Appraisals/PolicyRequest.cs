using System.Text.Json;
using IotAttest.Domain.Policies;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Appraisals;

/// <summary>A new version of a policy and why: <c>{"policy":{...},"reason":"..."}</c>.</summary>
internal sealed record PolicyRequest(EvidencePolicy Policy, string Reason)
{
    private const int MaxReasonLength = 500;

    /// <exception cref="ProblemException">No policy document, or no reason.</exception>
    public static PolicyRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "policy", "reason");
        JsonElement document = fields.Element("policy") ?? throw Refuse.Malformed("no \"policy\"", "one policy document", "Add \"policy\".");
        return PolicyReader.TryRead(document, out EvidencePolicy? policy, out PolicyError? error)
            ? new PolicyRequest(policy, fields.Text("reason", MaxReasonLength))
            : throw Refuse.Malformed($"policy: {error.Seen}", error.Expected, "Correct the policy document; GET /v1/policies shows the ones in force.");
    }
}
