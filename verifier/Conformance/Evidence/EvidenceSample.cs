using IotAttest.Domain.Cose;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Conformance;

/// <summary>Evidence as it came, with as much of it as can be read.</summary>
public sealed class EvidenceSample
{
    // Far above what the profile allows, so that evidence that is too long can be told from evidence that is none.
    internal const int MaxBytes = 64 * 1024;

    private static readonly CoseLimits Tolerant = new(MaxBytes, MaxDepth: 16, StrictDeterministic: false);

    /// <param name="name">For the report: which one it is.</param>
    /// <param name="bytes">The whole message.</param>
    /// <param name="challenge">What it answers; null when that is not known.</param>
    public EvidenceSample(string name, ReadOnlyMemory<byte> bytes, byte[]? challenge)
    {
        Name = name;
        Bytes = bytes;

        // Without the cast null would become memory of no bytes.
        Challenge = challenge is null ? (ReadOnlyMemory<byte>?)null : challenge;
        if (CoseMessage.TryDecode(bytes, Tolerant, out CoseMessage? message, out DecodeStatus status))
        {
            Message = message;
            _ = EvidenceDecoder.TryDecode(message.Payload, out DecodedClaims? claims, out status);
            Claims = claims;
        }

        ClaimsStatus = status;
        _ = EvidenceEnvelope.TryDecode(bytes, out EvidenceEnvelope? envelope, out DecodeStatus envelopeStatus);
        Envelope = envelope;
        EnvelopeStatus = envelopeStatus;
    }

    public string Name { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlyMemory<byte>? Challenge { get; }

    /// <summary>The COSE message read tolerantly; null when there is none.</summary>
    public CoseMessage? Message { get; }

    /// <summary>The claims; null when they do not follow the profile.</summary>
    public DecodedClaims? Claims { get; }

    public DecodeStatus ClaimsStatus { get; }

    /// <summary>The envelope in the one form of the profile; null for any other.</summary>
    public EvidenceEnvelope? Envelope { get; }

    public DecodeStatus EnvelopeStatus { get; }
}
