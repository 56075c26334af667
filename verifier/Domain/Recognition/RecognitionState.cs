namespace IotAttest.Domain.Recognition;

/// <summary>Whether a rule can be relied on at all, beside its dates.</summary>
public enum RecognitionState
{
    /// <summary>In force within its dates.</summary>
    InForce = 1,

    /// <summary>Announced or under talks; nothing follows from it.</summary>
    Planned = 2,

    /// <summary>Signed, but the receiving side issues nothing under it any more.</summary>
    Dormant = 3,

    /// <summary>Reported, with terms that nobody here could read; nothing follows from it.</summary>
    Unverified = 4,
}
