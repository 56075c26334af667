using System.Text.Json.Nodes;

namespace IotAttest.Service.Appraisals;

/// <summary>An appraisal computed again.</summary>
/// <param name="Appraisal">Its id.</param>
/// <param name="Ueid">The board.</param>
/// <param name="At">The moment it holds for.</param>
/// <param name="Same">The recorded policies gave the recorded verdict again, in every field.</param>
/// <param name="Policies">The policies of this replay, id and version.</param>
/// <param name="Verdict">What they give.</param>
/// <param name="Differences">What differs from the verdict under the recorded policies; empty when nothing does.</param>
internal sealed record ReplayView(string Appraisal, string Ueid, string At, bool Same, IReadOnlyList<string> Policies, JsonObject Verdict, IReadOnlyList<FieldDifference> Differences);

/// <summary>One field of a verdict under the recorded policies and under the other ones.</summary>
internal sealed record FieldDifference(string Field, JsonNode? Recorded, JsonNode? Replayed)
{
    public static IReadOnlyList<FieldDifference> Between(JsonObject recorded, JsonObject replayed) =>
    [
        .. recorded.Where(field => !JsonNode.DeepEquals(field.Value, replayed[field.Key]))
            .Select(field => new FieldDifference(field.Key, field.Value?.DeepClone(), replayed[field.Key]?.DeepClone())),
    ];
}
