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
}
