using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Certificates;

/// <summary>How a certificate stands, or stood, at one moment.</summary>
/// <param name="Status">The status; null before it was issued.</param>
/// <param name="IsInForce">True when it counts: decided so, begun, not ended.</param>
/// <param name="Since">Since when the status holds; null before it was issued.</param>
/// <param name="Suspension">The suspension, while the status is Suspended.</param>
/// <param name="SupersededBy">The certificate in its place, while the status is Superseded.</param>
public sealed record CertificateStanding(CertificateStatus? Status, bool IsInForce, DateTimeOffset? Since, Suspension? Suspension, string? SupersededBy)
{
    /// <summary>Before the certificate was issued.</summary>
    public static CertificateStanding NotIssued { get; } = new(null, false, null, null, null);
}
