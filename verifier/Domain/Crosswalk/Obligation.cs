namespace IotAttest.Domain.Crosswalk;

/// <summary>How binding a requirement is in its source.</summary>
public enum Obligation
{
    /// <summary>Not known here; see the note of the source.</summary>
    Unknown = 1,

    /// <summary>Recommended.</summary>
    Recommended = 2,

    /// <summary>Mandatory, where its condition holds.</summary>
    Mandatory = 3,
}
