namespace IotAttest.Domain.Corim;

/// <summary>One tag inside a CoRIM.</summary>
/// <param name="Tag">505 CoSWID, 506 CoMID, 507 CoTS, 508 CoTL, or another number.</param>
/// <param name="TagId">tag-id of a CoMID as text (a UUID in its usual form), or null.</param>
/// <param name="Triples">For a CoMID the number of records by triple key; else empty.</param>
public sealed record CorimTagSummary(ulong Tag, string? TagId, IReadOnlyDictionary<long, int> Triples);
