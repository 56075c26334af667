using IotAttest.Domain.Freshness;

namespace IotAttest.Domain.Evidence;

/// <summary>Claims whose MAC or signature holds under the key of the board they name. Only <see cref="EvidenceCheck"/> makes one.</summary>
public sealed class VerifiedEvidence
{
    internal VerifiedEvidence(DecodedClaims claims, FreshnessStamp stamp, bool isMismatch)
    {
        Claims = claims;
        Stamp = stamp;
        HasClaimMismatch = isMismatch;
    }

    /// <summary>The authenticated claims.</summary>
    public DecodedClaims Claims { get; }

    /// <summary>The freshness that accepting this evidence spends.</summary>
    public FreshnessStamp Stamp { get; }

    /// <summary>True when class, maker or kind of components are not those of enrolment: accepted, and a drift.</summary>
    public bool HasClaimMismatch { get; }
}
