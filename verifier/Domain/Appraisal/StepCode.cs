namespace IotAttest.Domain.Appraisal;

/// <summary>What a next step says, whatever the language. For each code the resources of every language hold one sentence.</summary>
public enum StepCode
{
    /// <summary>All is well.</summary>
    NothingToDo = 1,

    /// <summary>The board is out of service.</summary>
    OutOfService = 2,

    /// <summary>The board never attested.</summary>
    SwitchOn = 3,

    /// <summary>There is nothing to compare with.</summary>
    SubmitManifest = 4,

    /// <summary>No cause speaks for itself.</summary>
    LookAtHistory = 5,

    /// <summary>Covered as a patch, without an end.</summary>
    CertifyPatch = 6,

    /// <summary>Covered as a patch. Arguments: until when.</summary>
    CertifyPatchUntil = 7,

    /// <summary>A provisional certificate. Arguments: body, certificate.</summary>
    WaitForCertificate = 8,

    /// <summary>Advisories. Arguments: their ids, with commas.</summary>
    UpdateBoard = 9,

    /// <summary>Past the end of support. Arguments: its day.</summary>
    SupportEnded = 10,

    /// <summary>Arguments: body, certificate.</summary>
    CertificateSuspended = 11,

    /// <summary>Arguments: body, certificate.</summary>
    CertificateWithdrawn = 12,

    /// <summary>Arguments: body, certificate.</summary>
    CertificateRevoked = 13,

    /// <summary>Arguments: body, certificate.</summary>
    CertificateSuperseded = 14,

    /// <summary>Arguments: body, certificate, last day.</summary>
    CertificateExpired = 15,

    /// <summary>Arguments: certificate, policy, strength needed, strength seen.</summary>
    StrengthTooLow = 16,

    /// <summary>Arguments: certificate, policy.</summary>
    SecureBootNotShown = 17,

    /// <summary>Arguments: certificate, policy.</summary>
    DebugNotClosed = 18,

    /// <summary>Arguments: certificate, policy, algorithms allowed, algorithm seen.</summary>
    AlgorithmNotAllowed = 19,

    /// <summary>As <see cref="Drift.IdentityConflict"/>.</summary>
    IdentityConflict = 20,

    /// <summary>As <see cref="Drift.UnknownMeasurement"/>.</summary>
    UnknownMeasurement = 21,

    /// <summary>As <see cref="Drift.BootNotSecured"/>.</summary>
    BootNotSecured = 22,

    /// <summary>As <see cref="Drift.StaleEvidence"/>.</summary>
    StaleEvidence = 23,

    /// <summary>As <see cref="Drift.Rollback"/>.</summary>
    Rollback = 24,

    /// <summary>As <see cref="Drift.OtherModelBuild"/>.</summary>
    OtherModelBuild = 25,

    /// <summary>As <see cref="Drift.MixedBuild"/>.</summary>
    MixedBuild = 26,

    /// <summary>As <see cref="Drift.ClaimMismatch"/>.</summary>
    ClaimMismatch = 27,

    /// <summary>As <see cref="Drift.ConfigDrift"/>.</summary>
    ConfigDrift = 28,

    /// <summary>As <see cref="Drift.RegionResidue"/>.</summary>
    RegionResidue = 29,

    /// <summary>As <see cref="Drift.DebugEnabled"/>.</summary>
    DebugEnabled = 30,

    /// <summary>As <see cref="Drift.UncertifiedUpdate"/>.</summary>
    UncertifiedUpdate = 31,

    /// <summary>Nobody enrolled the board here, or not for who asks.</summary>
    HaveItEnrolled = 32,
}
