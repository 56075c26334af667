namespace IotAttest.Domain.Advisories;

/// <summary>What a board runs, as far as an advisory is concerned.</summary>
public enum AdoptionGroup
{
    /// <summary>A build that is fixed or not affected.</summary>
    Fixed = 0,

    /// <summary>A build that is affected.</summary>
    Affected = 1,

    /// <summary>Another build, or none that is known.</summary>
    Other = 2,
}
