namespace IotAttest.Domain.Appraisal;

/// <summary>In which ways a board differs from what was certified; all that apply.</summary>
[Flags]
public enum Drift
{
    /// <summary>No difference.</summary>
    None = 0,

    /// <summary>A digest that no manifest of the manufacturer names for this class.</summary>
    UnknownMeasurement = 1 << 0,

    /// <summary>Every digest is known, but they do not belong to one build.</summary>
    MixedBuild = 1 << 1,

    /// <summary>A build of the manufacturer that no certificate covers.</summary>
    UncertifiedUpdate = 1 << 2,

    /// <summary>A build older than the board or its class may run.</summary>
    Rollback = 1 << 3,

    /// <summary>A build of another product of the manufacturer.</summary>
    OtherModelBuild = 1 << 4,

    /// <summary>Only the measured configuration differs.</summary>
    ConfigDrift = 1 << 5,

    /// <summary>All assemblies are right, the region around them is not.</summary>
    RegionResidue = 1 << 6,

    /// <summary>The debug port is open.</summary>
    DebugEnabled = 1 << 7,

    /// <summary>Secure boot did not verify the image.</summary>
    BootNotSecured = 1 << 8,

    /// <summary>Boot counters that one board cannot have produced: a clone, or a board wound back.</summary>
    IdentityConflict = 1 << 9,

    /// <summary>Components or identity claims other than enrolment and manifest name.</summary>
    ClaimMismatch = 1 << 10,

    /// <summary>No evidence for longer than the policy allows.</summary>
    StaleEvidence = 1 << 11,
}
