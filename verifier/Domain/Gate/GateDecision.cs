namespace IotAttest.Domain.Gate;

/// <summary>May this board join?</summary>
public enum GateDecision
{
    /// <summary>Yes.</summary>
    Allow = 1,

    /// <summary>A person should look first.</summary>
    Review = 2,

    /// <summary>No.</summary>
    Deny = 3,
}
