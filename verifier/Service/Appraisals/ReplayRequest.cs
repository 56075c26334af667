using System.Text.Json;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Appraisals;

/// <summary>Under which policy to replay: none for the recorded ones, <c>{"policy":"newest"}</c> for all in force now, <c>{"policy":"demo.high:2"}</c> to exchange one.</summary>
internal sealed record ReplayRequest(string? Policy)
{
    public const string Newest = "newest";

    private const int MaxPolicyLength = 150;
    private const string OnePolicy = "\"newest\", or one policy and version such as \"demo.high:2\"";

    /// <summary>An empty body is an empty object.</summary>
    /// <exception cref="ProblemException">Several policies, or none that can be read.</exception>
    public static ReplayRequest Parse(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return new ReplayRequest((string?)null);
        }

        using RequestFields fields = RequestFields.Parse(json, "policy");

        // Of several policies only one would be applied: then it must not look as if all were (lessons.md section 2, 13).
        if (fields.Element("policy") is { ValueKind: JsonValueKind.Array } several)
        {
            throw fields.Wrong("policy", $"a list of {several.GetArrayLength()}", OnePolicy);
        }

        string? policy = fields.OptionalText("policy", MaxPolicyLength);
        return policy is null or Newest || PolicyReference.TryParse(policy, out _) ? new ReplayRequest(policy) : throw fields.Wrong("policy", $"\"{policy}\"", OnePolicy);
    }
}
