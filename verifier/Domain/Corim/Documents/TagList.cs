namespace IotAttest.Domain.Corim.Documents;

/// <summary>A concise tag list (CoTL, tag 508): the tags that are active together.</summary>
/// <param name="TagId">tag-id as text.</param>
/// <param name="TagVersion">tag-version; 0 when absent.</param>
/// <param name="Tags">The tags: id and version.</param>
/// <param name="NotBefore">Start of validity, or null.</param>
/// <param name="NotAfter">End of validity.</param>
public sealed record TagList(string TagId, ulong TagVersion, IReadOnlyList<TagIdentity> Tags, DateTimeOffset? NotBefore, DateTimeOffset NotAfter);
