using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>What surrounds the triples of a document of the profile.</summary>
internal sealed record CorimContent(string Issuer, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, Action<CborWriter> WriteTriples);
