namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>Whether a scheme issues certificates.</summary>
public enum SchemeState
{
    /// <summary>It does.</summary>
    Issuing = 1,

    /// <summary>Not for the time being.</summary>
    Paused = 2,

    /// <summary>No more; what was issued keeps its meaning.</summary>
    Closed = 3,
}
