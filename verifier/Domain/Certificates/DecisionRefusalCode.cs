namespace IotAttest.Domain.Certificates;

/// <summary>The rule that a decision broke.</summary>
public enum DecisionRefusalCode
{
    /// <summary>The status does not allow it; a final one allows nothing.</summary>
    WrongStatus = 1,

    /// <summary>No reason was given.</summary>
    NoReason = 2,

    /// <summary>A suspension that asks the holder for nothing, at a level that wants actions.</summary>
    NoActions = 3,

    /// <summary>An end of suspension that is missing, past or beyond the scheme's limit.</summary>
    EndNotAllowed = 4,

    /// <summary>The requested actions were not verified.</summary>
    ActionsNotVerified = 5,

    /// <summary>A second person of the body must confirm it first.</summary>
    NeedsSecondPerson = 6,

    /// <summary>The person who proposed it cannot confirm it.</summary>
    SamePerson = 7,

    /// <summary>The time to confirm is over.</summary>
    ProposalLapsed = 8,

    /// <summary>A plain summary that is missing or too long.</summary>
    NoSummary = 9,

    /// <summary>A mandatory row of the conformance statement without an answer, or an answer without its reason.</summary>
    NotAnswered = 10,

    /// <summary>No build of the applicant that can still be certified.</summary>
    NoBuild = 11,

    /// <summary>The level takes a laboratory that is accredited today, for this scheme.</summary>
    LaboratoryNotAccredited = 12,

    /// <summary>The scheme has no provisional certificates.</summary>
    ProvisionalNotAllowed = 13,

    /// <summary>An end of validity beyond what the scheme allows.</summary>
    ValidityTooLong = 14,

    /// <summary>A provisional certificate still stands.</summary>
    ProvisionalStands = 15,

    /// <summary>The time to appeal is over.</summary>
    WindowClosed = 16,

    /// <summary>A person who took the decision that is contested.</summary>
    OriginalDecider = 17,

    /// <summary>Somebody else was assigned, or nobody yet.</summary>
    NotAssigned = 18,

    /// <summary>An outcome that this type of case does not have.</summary>
    UnknownOutcome = 19,

    /// <summary>A clock that the case does not have, or that was met before.</summary>
    UnknownClock = 20,
}
