namespace IotAttest.Domain.Advisories;

/// <summary>Whether something applies. What cannot be decided is said to a person: it is neither taken for a match nor passed over.</summary>
public enum Certainty
{
    /// <summary>It does not.</summary>
    No = 0,

    /// <summary>It needs a person: a version or range that cannot be compared, a name without a version.</summary>
    NeedsPerson = 1,

    /// <summary>It does.</summary>
    Yes = 2,
}
