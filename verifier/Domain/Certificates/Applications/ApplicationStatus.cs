namespace IotAttest.Domain.Certificates.Applications;

/// <summary>Where an application for a certificate stands. The numbers are stored.</summary>
public enum ApplicationStatus
{
    /// <summary>Filed; nobody but the parties knows.</summary>
    Applied = 1,

    /// <summary>The body, or its laboratory, looks at the build.</summary>
    UnderEvaluation = 2,

    /// <summary>A provisional certificate was issued, the evaluation goes on.</summary>
    Provisional = 3,

    /// <summary>The certificate was issued; final here, its life goes on in the registry.</summary>
    Certified = 4,

    /// <summary>Refused with a reason; final, the holder can appeal or apply anew.</summary>
    Refused = 5,
}
