namespace IotAttest.Domain.Appraisal;

/// <summary>The one word about a board for people and gates; the first that applies, in this order, wins.</summary>
public enum Conformity
{
    /// <summary>Taken out of service for ever.</summary>
    Decommissioned = 1,

    /// <summary>Never attested, or nothing is known to compare with.</summary>
    Unknown = 2,

    /// <summary>Unknown firmware, secure boot off, or two boards with one identity.</summary>
    Compromised = 3,

    /// <summary>The last evidence is too old.</summary>
    Stale = 4,

    /// <summary>The build is known, but no certificate for it is in force any more.</summary>
    CertificateNotInForce = 5,

    /// <summary>Known firmware, but not the right one here.</summary>
    Drifted = 6,

    /// <summary>Signed by the manufacturer, not certified (yet).</summary>
    PendingCoverage = 7,

    /// <summary>Certified and matching, but an advisory marks the build as affected.</summary>
    Vulnerable = 8,

    /// <summary>Past the end of support.</summary>
    SupportEnded = 9,

    /// <summary>Exactly the certified build, certificate in force, evidence fresh.</summary>
    Conformant = 10,
}
