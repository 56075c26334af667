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
    LogAltered = 90,
}
