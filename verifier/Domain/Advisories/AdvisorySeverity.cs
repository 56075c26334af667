namespace IotAttest.Domain.Advisories;

/// <summary>The qualitative bands of CVSS v3.1 section 5. The numbers are stored and ordered.</summary>
public enum AdvisorySeverity
{
    /// <summary>The advisory gives no score.</summary>
    Unknown = 0,

    /// <summary>Score 0.0.</summary>
    None = 1,

    /// <summary>0.1 to 3.9.</summary>
    Low = 2,

    /// <summary>4.0 to 6.9.</summary>
    Medium = 3,

    /// <summary>7.0 to 8.9.</summary>
    High = 4,

    /// <summary>9.0 to 10.0.</summary>
    Critical = 5,
}
