namespace IotAttest.Domain.ReferenceValues;

/// <summary>A certificate's status: a decision by its body, never changed by a verdict. The numbers are stored.</summary>
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

    /// <summary>Another certificate of the same body took its place; it counts for the scheme's grace only.</summary>
    Superseded = 5,

    /// <summary>Past the end of validity: computed from the clock, never decided and never stored; final.</summary>
    Expired = 6,

    /// <summary>Issued for a limited time while the evaluation goes on: boards on its build are not covered yet.</summary>
    Provisional = 7,
}
