namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What moves an application. The numbers are stored.</summary>
public enum ApplicationStep
{
    /// <summary>The manufacturer files it.</summary>
    Apply = 1,

    /// <summary>The body takes it into evaluation.</summary>
    Evaluate = 2,

    /// <summary>The body issued a provisional certificate for it.</summary>
    IssueProvisional = 3,

    /// <summary>The body issued the certificate.</summary>
    Certify = 4,

    /// <summary>The body refuses it.</summary>
    Refuse = 5,
}
