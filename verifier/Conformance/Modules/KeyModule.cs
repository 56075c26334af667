using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>The key is of the profile, this board's own, and not one that everybody knows.</summary>
internal static class KeyModule
{
    public static ConformanceModule Create() => new("key", "Key strength",
    [
        ConformanceCheck.OfEvidence("key.algorithm", "Algorithm and kind of message are those that the profile allows.", [Cryptography, UpdateCryptography], Needs.None, KeyChecks.Algorithm),
        ConformanceCheck.Of("key.form", "The enrolled key is 32 bytes, or a point of P-256.", [Cryptography], Needs.Device, KeyChecks.Form),
        ConformanceCheck.OfEvidence("key.id", "The key id follows from the UEID (HMAC) or from the public key (P-256).", [IdentityResists], Needs.Device, KeyChecks.Id),
        ConformanceCheck.OfEvidence("key.authentic", "Evidence is authenticated with the enrolled key.", [IdentityResists, CraIntegrity], Needs.Device, KeyChecks.Authentic),
        ConformanceCheck.OfEvidence("key.well-known", "The key is none that everybody knows: zeros, test keys, keys made of the UEID.", [UniqueKeys, Cryptography], Needs.None, KeyChecks.WellKnown),
        ConformanceCheck.OfEvidence("key.shared", "The key is no other board's.", [UniqueKeys, DataProtection], Needs.Device, KeyChecks.Shared),
        ConformanceCheck.Of("key.credential", "The key is not the transport credential.", [UniqueKeys, SecretsStored], Needs.Device, KeyChecks.Credential),
        ConformanceCheck.OfEvidence("key.signature-nonce", "No two signatures were made with one secret number.", [Cryptography, SecretsStored], Needs.None, SignatureChecks.SecretNumber),
        ConformanceCheck.OfEvidence("key.signature-values", "The numbers of each signature lie in their range and look random.", [Cryptography], Needs.None, SignatureChecks.Values),
    ]);
}
