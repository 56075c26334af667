namespace IotAttest.Domain.ReferenceValues;

/// <summary>A certificate's status: a decision by its body, never changed by a verdict. Expiry is computed from the clock.</summary>
public enum CertificateStatus
{
    /// <summary>In force.</summary>
    Certified = 1,

    /// <summary>Suspended by the body for a time; validity keeps running.</summary>
    Suspended = 2,

    /// <summary>Withdrawn by the body or at the holder's request; final.</summary>
    Withdrawn = 3,

    /// <summary>Wrongly issued, fraud or a flaw that cannot be mended; final.</summary>
    Revoked = 4,
}
