namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What is claimed of a requirement. The numbers are stored.</summary>
public enum ConformanceClaim
{
    /// <summary>It is met.</summary>
    Yes = 1,

    /// <summary>It is not met.</summary>
    No = 2,

    /// <summary>It does not apply to the product.</summary>
    NotApplicable = 3,
}
