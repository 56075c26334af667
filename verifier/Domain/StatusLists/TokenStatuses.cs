using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.StatusLists;

/// <summary>How a certificate stands in a status list. Expiry is not in the list: the end of validity wins over it.</summary>
public static class TokenStatuses
{
    /// <summary>The value for the last decision.</summary>
    /// <param name="status">The last decision.</param>
    /// <param name="countsUntil">Last moment at which a superseded certificate counts; null for none.</param>
    /// <param name="now">The moment of the list.</param>
    public static TokenStatus Of(CertificateStatus status, DateTimeOffset? countsUntil, DateTimeOffset now) => status switch
    {
        CertificateStatus.Certified => TokenStatus.Valid,
        CertificateStatus.Superseded when now <= countsUntil => TokenStatus.Valid,
        CertificateStatus.Provisional => TokenStatus.Provisional,
        CertificateStatus.Suspended => TokenStatus.Suspended,
        _ => TokenStatus.Invalid,
    };
}
