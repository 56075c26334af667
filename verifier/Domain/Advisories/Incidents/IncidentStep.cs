namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>What somebody recorded about an incident. The numbers are stored.</summary>
public enum IncidentStep
{
    /// <summary>The early warning was sent.</summary>
    EarlyWarning = 1,

    /// <summary>The notification was sent.</summary>
    Notification = 2,

    /// <summary>A corrective or mitigating measure is available.</summary>
    FixAvailable = 3,

    /// <summary>The final report was sent.</summary>
    FinalReport = 4,

    /// <summary>The incident is closed.</summary>
    Closed = 5,
}
