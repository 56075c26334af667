namespace IotAttest.Domain.Evidence;

/// <summary>One measured component (RFC 10013) as this profile uses it.</summary>
/// <param name="Name">One of the six names of the profile.</param>
/// <param name="Sha256">The 32-byte SHA-256.</param>
public sealed record MeasuredComponent(string Name, ReadOnlyMemory<byte> Sha256);
