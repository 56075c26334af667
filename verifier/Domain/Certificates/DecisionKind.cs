namespace IotAttest.Domain.Certificates;

/// <summary>What a certification body can decide about a certificate. The numbers are stored.</summary>
public enum DecisionKind
{
    /// <summary>The first event of every certificate.</summary>
    Issue = 1,

    /// <summary>Not in force for a time.</summary>
    Suspend = 2,

    /// <summary>A later end of a suspension.</summary>
    Extend = 3,

    /// <summary>In force again after a suspension.</summary>
    Resume = 4,

    /// <summary>Ended at the holder's request, or because nothing was mended; final.</summary>
    Withdraw = 5,

    /// <summary>Ended because it should never have been trusted; final.</summary>
    Revoke = 6,

    /// <summary>Replaced by a certificate that lists it; follows from issuing that one.</summary>
    Supersede = 7,

    /// <summary>The first event of a provisional certificate.</summary>
    IssueProvisional = 8,

    /// <summary>A suspension without effect while an appeal against it is open; taken by whoever handles the appeal.</summary>
    Stay = 9,
}
