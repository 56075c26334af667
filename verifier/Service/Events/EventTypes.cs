namespace IotAttest.Service.Events;

/// <summary>The names of event kinds that others filter by.</summary>
internal static class EventTypes
{
    private static readonly (EventKind Kind, string Name)[] Names =
    [
        (EventKind.DeviceVerdict, "device.verdict"),
        (EventKind.CertificateStatus, "certificate.status"),
        (EventKind.BuildSubmitted, "build.submitted"),
        (EventKind.BuildSuperseded, "build.superseded"),
        (EventKind.OrganisationKey, "organisation.key"),
        (EventKind.DeviceAddress, "device.address"),
        (EventKind.BuildRetired, "build.retired"),
        (EventKind.ClassMinimum, "class.minimum"),
        (EventKind.ProductChanged, "product.changed"),
        (EventKind.ComponentStatus, "component.status"),
        (EventKind.SupportEnding, "product.support-ending"),
        (EventKind.SupportEnded, "product.support-ended"),
        (EventKind.AdvisoryPublished, "advisory.published"),
        (EventKind.AdvisoryUpdated, "advisory.updated"),
        (EventKind.BuildVulnerable, "build.vulnerable"),
        (EventKind.IncidentClockOverdue, "incident.clock-overdue"),
        (EventKind.Application, "application.step"),
        (EventKind.Case, "case.step"),
        (EventKind.DeviceAlarm, "device.alarm"),
        (EventKind.DeviceTransfer, "device.transfer"),
        (EventKind.LogAltered, "log.altered"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    public static string Name(EventKind kind) => Names.Single(entry => entry.Kind == kind).Name;

    public static EventKind? Find(string name) => Names.Where(entry => entry.Name == name).Select(entry => (EventKind?)entry.Kind).SingleOrDefault();
}
