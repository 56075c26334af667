using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;

namespace IotAttest.Domain.Evidence;

/// <summary>The stateless half of appraisal, cheap checks first: identity, then the nonce's own MAC, then the signature. Spends nothing.</summary>
public static class EvidenceCheck
{
    /// <summary>Decodes envelope and claims.</summary>
    /// <returns>Null, or the refusal: TooLarge or Malformed.</returns>
    public static Refusal? Decode(ReadOnlyMemory<byte> bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims)
    {
        envelope = null;
        claims = null;
        if (bytes.Length > EvidenceProfile.MaxEvidenceBytes)
        {
            return new Refusal(RefusalCode.TooLarge, $"{bytes.Length} bytes", $"at most {EvidenceProfile.MaxEvidenceBytes} bytes", "send one COSE object of the evidence profile");
        }

        if (!EvidenceEnvelope.TryDecode(bytes, out envelope, out DecodeStatus status))
        {
            return Malformed("COSE envelope", status);
        }

        return EvidenceDecoder.TryDecode(envelope.Payload, out claims, out status) ? null : Malformed("claims", status);
    }

    /// <summary>Holds decoded evidence against the board's record and verifies it.</summary>
    /// <param name="envelope">The decoded envelope.</param>
    /// <param name="claims">The decoded claims.</param>
    /// <param name="device">The record found by the envelope's kid.</param>
    /// <param name="key">The key of that record.</param>
    /// <param name="checkFreshness">Decides about the nonce; see <see cref="ChallengeCheck"/> and <see cref="EpochCheck"/>.</param>
    /// <param name="evidence">The verified evidence, or null.</param>
    /// <returns>Null when everything holds, else the first refusal.</returns>
    public static Refusal? Verify(
        EvidenceEnvelope envelope,
        DecodedClaims claims,
        DeviceIdentity device,
        IDeviceKey key,
        FreshnessCheck checkFreshness,
        out VerifiedEvidence? evidence)
    {
        evidence = null;
        FreshnessStamp stamp = default;
        Refusal? refusal = CheckIdentity(envelope, claims, device)
            ?? checkFreshness(claims, device, out stamp)
            ?? CheckSignature(envelope, key);
        if (refusal is null)
        {
            evidence = new VerifiedEvidence(claims, stamp, IsMismatch(claims, device));
        }

        return refusal;
    }

    private static Refusal? CheckIdentity(EvidenceEnvelope envelope, DecodedClaims claims, DeviceIdentity device)
    {
        // The record fixes the kind of key, so that a public key can never serve as an HMAC key.
        if (envelope.IsMac != (device.KeyKind == DeviceKeyKind.Hmac))
        {
            return new Refusal(
                RefusalCode.IdentityMismatch,
                envelope.IsMac ? "COSE_Mac0 with HMAC 256/256" : "COSE_Sign1 with ES256",
                device.KeyKind == DeviceKeyKind.Hmac ? "COSE_Mac0, as this board was enrolled with an HMAC key" : "COSE_Sign1, as this board was enrolled with a P-256 key",
                "authenticate with the key that was enrolled, or have the board rekeyed");
        }

        Span<char> ueid = stackalloc char[EvidenceProfile.UeidBytes * 2];
        return Convert.TryToHexStringLower(claims.Ueid.Span, ueid, out _) && device.Ueid.AsSpan().SequenceEqual(ueid)
            ? null
            : new Refusal(RefusalCode.IdentityMismatch, "a ueid claim of another board", "the ueid that was enrolled with this key id", "provision key and UEID of one enrolment record together");
    }

    private static Refusal? CheckSignature(EvidenceEnvelope envelope, IDeviceKey key) => key.Verify(envelope)
        ? null
        : new Refusal(
            RefusalCode.BadSignature,
            envelope.IsMac ? "a MAC that does not hold" : "a signature that does not hold",
            "authentication with the enrolled key over protected header and payload (RFC 9052 sections 4.4 and 6.3)",
            "check which key the board holds; after a key change it needs a rekey");

    private static bool IsMismatch(DecodedClaims claims, DeviceIdentity device)
    {
        bool hasInventory = claims.Measured.DigestOf(EvidenceProfile.Inventory) is not null;
        bool isRightKind = device.Strength == EvidenceStrength.SelfReported
            ? hasInventory && claims.Measured.Components.Length == 1
            : !hasInventory;
        return !isRightKind || claims.ClassId != device.ClassId || claims.OemId != device.OemId;
    }

    private static Refusal Malformed(string part, DecodeStatus status) => new(
        RefusalCode.Malformed,
        $"{part}: {status}",
        "one COSE_Mac0 or COSE_Sign1 of the evidence profile in deterministic CBOR",
        "compare the bytes with docs/protocol.cddl");
}
