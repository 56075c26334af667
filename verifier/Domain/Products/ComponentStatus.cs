namespace IotAttest.Domain.Products;

/// <summary>How the certificate of a component stands. The words are stored.</summary>
public enum ComponentStatus
{
    /// <summary>In force.</summary>
    InForce = 1,

    /// <summary>Suspended by its body for a time.</summary>
    Suspended = 2,

    /// <summary>Withdrawn or revoked by its body.</summary>
    Withdrawn = 3,

    /// <summary>Past the end of its validity.</summary>
    Expired = 4,

    /// <summary>Nobody here knows.</summary>
    Unknown = 5,
}
