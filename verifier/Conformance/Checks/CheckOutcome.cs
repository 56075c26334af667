namespace IotAttest.Conformance;

/// <summary>How a check ended. Numbers are stable.</summary>
public enum CheckOutcome
{
    /// <summary>What was seen is what was expected.</summary>
    Pass = 1,

    /// <summary>It is not.</summary>
    Fail = 2,

    /// <summary>The check says nothing about this target; the reason stands in what was seen.</summary>
    NotApplicable = 3,
}
