namespace IotAttest.Service.Events;

/// <summary>What an event is about; the numbers stand in the database.</summary>
internal enum EventKind
{
    DeviceVerdict = 1,
    CertificateStatus = 2,
    BuildSubmitted = 3,
    BuildSuperseded = 4,
    OrganisationKey = 5,
    DeviceAddress = 6,
    BuildRetired = 7,
    ClassMinimum = 8,
    ProductChanged = 20,
    ComponentStatus = 21,
    SupportEnding = 22,
    SupportEnded = 23,
    AdvisoryPublished = 91,
    AdvisoryUpdated = 92,
    BuildVulnerable = 93,
    IncidentClockOverdue = 94,
    Application = 110,
    Case = 111,
    DeviceAlarm = 131,
    DeviceTransfer = 132,
    LogAltered = 90,
}
