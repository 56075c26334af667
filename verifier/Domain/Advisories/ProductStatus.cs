namespace IotAttest.Domain.Advisories;

/// <summary>What an advisory says of a product and a vulnerability. The numbers are stored.</summary>
public enum ProductStatus
{
    /// <summary>CSAF first_affected, known_affected, last_affected; OpenVEX affected.</summary>
    Affected = 1,

    /// <summary>CSAF first_fixed, fixed; OpenVEX fixed.</summary>
    Fixed = 2,

    /// <summary>CSAF known_not_affected; OpenVEX not_affected.</summary>
    NotAffected = 3,

    /// <summary>Nobody knows yet.</summary>
    UnderInvestigation = 4,
}
