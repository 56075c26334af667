namespace IotAttest.Domain.Corim.Documents;

/// <summary>A tag that this one refers to.</summary>
/// <param name="TagId">Its tag-id as text.</param>
/// <param name="Relation">0 supplements, 1 replaces, or another number.</param>
public sealed record LinkedTag(string TagId, long Relation);
