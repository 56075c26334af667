namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>What has to be reported (Regulation (EU) 2024/2847, Article 14). The numbers are stored.</summary>
public enum IncidentKind
{
    /// <summary>An actively exploited vulnerability (14(1), 14(2)).</summary>
    ExploitedVulnerability = 1,

    /// <summary>A severe incident (14(3), 14(4)).</summary>
    SevereIncident = 2,
}
