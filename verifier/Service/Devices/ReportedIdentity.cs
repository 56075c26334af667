using IotAttest.Domain.Devices;

namespace IotAttest.Service.Devices;

/// <summary>The identity claims of the last evidence, where they are not those of enrolment.</summary>
/// <param name="OemId">oemid.</param>
/// <param name="ClassId">hwmodel.</param>
internal sealed record ReportedIdentity(OemId OemId, Guid ClassId);
