namespace IotAttest.Domain.Gate;

/// <summary>How strictly a gate applies the verdict: to be switched over in this order while a fleet is brought in.</summary>
public enum GateMode
{
    /// <summary>Always allows; the answer still says what <see cref="Enforce"/> would say.</summary>
    Observe = 1,

    /// <summary>Never denies: what <see cref="Enforce"/> would deny is for a person to review.</summary>
    Warn = 2,

    /// <summary>Allows, denies, or asks for a review.</summary>
    Enforce = 3,
}
