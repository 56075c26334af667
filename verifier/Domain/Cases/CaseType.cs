namespace IotAttest.Domain.Cases;

/// <summary>What a case is about. The numbers are stored. What a manufacturer has to report is no case: <see cref="Advisories.Incidents.IncidentClocks"/>.</summary>
public enum CaseType
{
    /// <summary>A certified product does not keep what it promised; the body asks for a remedy.</summary>
    NonConformity = 1,

    /// <summary>The holder contests a decision of the body.</summary>
    Appeal = 3,

    /// <summary>Somebody complains about a certificate or its body.</summary>
    Complaint = 4,

    /// <summary>A certificate comes near its end.</summary>
    Renewal = 5,
}
