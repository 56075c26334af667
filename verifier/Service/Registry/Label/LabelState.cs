namespace IotAttest.Service.Registry.Label;

/// <summary>The three things a label can say.</summary>
internal enum LabelState
{
    /// <summary>In force.</summary>
    InForce,

    /// <summary>Not in force now; it may be again: suspended, or not begun.</summary>
    NotNow,

    /// <summary>Not in force any more: withdrawn, revoked, expired, superseded.</summary>
    Ended,
}
