namespace IotAttest.Service.Results;

/// <summary>A P-256 public key (RFC 7518 section 6.2).</summary>
internal sealed record Jwk(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use);
