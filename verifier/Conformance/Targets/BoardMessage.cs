namespace IotAttest.Conformance;

/// <summary>Something that a board published.</summary>
/// <param name="IsEvidence">True for evidence, false for hello.</param>
/// <param name="Payload">The bytes.</param>
public sealed record BoardMessage(bool IsEvidence, byte[] Payload);
