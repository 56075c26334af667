namespace IotAttest.Domain.Devices;

/// <summary>How a board proves that its evidence is new (RATS interaction models); fixed at enrolment, no downgrade.</summary>
public enum FreshnessMode
{
    /// <summary>Each evidence answers a challenge of its own.</summary>
    Challenge = 1,

    /// <summary>Evidence binds the signed epoch marker: for boards that sleep.</summary>
    Epoch = 2,
}
