
namespace IotAttest.Domain.StatusLists;

/// <summary>Values of a status list with two bits each (IETF Token Status List, section 7.1).</summary>
public enum TokenStatus
{
    /// <summary>VALID: certified.</summary>
    Valid = 0,

    /// <summary>INVALID: withdrawn, revoked, or superseded and its window closed.</summary>
    Invalid = 1,

    /// <summary>SUSPENDED.</summary>
    Suspended = 2,

    /// <summary>APPLICATION_SPECIFIC: provisional.</summary>
    Provisional = 3,
}
