namespace IotAttest.Domain.Devices.Certificates;

/// <summary>A certificate of a chain as a revocation list names it.</summary>
/// <param name="IssuerKey">SHA-256 of the issuer's SubjectPublicKeyInfo, lower-case hex.</param>
/// <param name="Serial">Serial number, lower-case hex without leading zeros.</param>
public sealed record IssuedCertificate(string IssuerKey, string Serial);
