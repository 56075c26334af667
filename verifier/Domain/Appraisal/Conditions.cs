namespace IotAttest.Domain.Appraisal;

/// <summary>What is true of a board beside the one word of its <see cref="Conformity"/>: one value is shown first, none is hidden by it. The
/// numbers are stored; new ones go to the end.</summary>
[Flags]
public enum Conditions
{
    /// <summary>Nothing beside it.</summary>
    None = 0,

    /// <summary>Certificates name the build, none is in force.</summary>
    CertificateNotInForce = 1 << 0,

    /// <summary>No certificate covers the build for this board (yet).</summary>
    PendingCoverage = 1 << 1,

    /// <summary>An advisory marks the build as affected.</summary>
    Vulnerable = 1 << 2,

    /// <summary>Past the end of support of the product.</summary>
    SupportEnded = 1 << 3,

    /// <summary>A provisional certificate names the build.</summary>
    Provisional = 1 << 4,

    /// <summary>Support of the product ends within <see cref="SupportTerm.Notice"/>.</summary>
    SupportEnding = 1 << 5,

    /// <summary>A certificate in force does not count: the evidence of this board is not what the policy of its level asks for.</summary>
    RequirementNotMet = 1 << 6,

    /// <summary>The certificate of a component, such as the chip's own, is not in force: a warning that changes neither the conformity nor a certificate.</summary>
    ComponentNotInForce = 1 << 7,
}
