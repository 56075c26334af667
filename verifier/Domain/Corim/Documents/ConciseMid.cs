namespace IotAttest.Domain.Corim.Documents;

/// <summary>A concise module identifier (CoMID, tag 506): statements about environments.</summary>
/// <param name="TagId">tag-id as text (a UUID in its usual form).</param>
/// <param name="TagVersion">tag-version; 0 when absent.</param>
/// <param name="Language">Language tag, or null.</param>
/// <param name="Entities">Who made it, with roles 0 tag-creator, 1 creator, 2 maintainer.</param>
/// <param name="LinkedTags">Tags that this one supplements or replaces.</param>
/// <param name="Triples">The statements.</param>
public sealed record ConciseMid(
    string TagId, ulong TagVersion, string? Language, IReadOnlyList<CorimEntity> Entities, IReadOnlyList<LinkedTag> LinkedTags, ComidTriples Triples);
