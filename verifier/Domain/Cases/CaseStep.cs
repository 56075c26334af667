namespace IotAttest.Domain.Cases;

/// <summary>What happens in a case. The numbers are stored.</summary>
public enum CaseStep
{
    /// <summary>It was opened.</summary>
    Open = 1,

    /// <summary>A person was made responsible.</summary>
    Assign = 2,

    /// <summary>Something was recorded; it may meet a clock.</summary>
    Note = 3,

    /// <summary>It was decided; final.</summary>
    Decide = 4,
}
