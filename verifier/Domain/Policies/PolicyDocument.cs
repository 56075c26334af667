using System.Text.Json.Nodes;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Policies;

/// <summary>A policy as the document it was read from.</summary>
public static class PolicyDocument
{
    /// <summary>Every member, in one order: what <see cref="PolicyReader"/> reads back to the same policy.</summary>
    public static JsonObject Write(EvidencePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new JsonObject
        {
            ["id"] = policy.Id,
            ["version"] = policy.Version,
            ["scheme"] = policy.Scheme,
            ["level"] = policy.Level,
            ["minimumEvidenceStrength"] = policy.MinimumEvidenceStrength.Word(),
            ["maximumEvidenceAgeSeconds"] = policy.MaximumEvidenceAge is { } age ? (long)age.TotalSeconds : null,
            ["requiredBootFacts"] = Texts(policy.RequiredBootFacts.Words()),
            ["allowedAlgorithms"] = Texts(policy.AllowedAlgorithms.Words()),
            ["maximumPatchDays"] = policy.MaximumPatchDays,
            ["note"] = policy.Note,
        };
    }

    private static JsonArray Texts(string[] words) => new([.. words.Select(word => (JsonNode?)word)]);
}
