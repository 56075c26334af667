namespace IotAttest.Domain.Corim;

/// <summary>The reference value of one measured component.</summary>
/// <param name="Name">One of the component names of the evidence profile.</param>
/// <param name="Digest">SHA-256 over the whole region as flash holds it.</param>
public sealed record ComponentDigest(string Name, Sha256Digest Digest);
