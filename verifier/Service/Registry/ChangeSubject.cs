using IotAttest.Service.Events;

namespace IotAttest.Service.Registry;

/// <summary>A change as a line to read: what it is about, what happened, who did it.</summary>
/// <param name="Name">The certificate, build, organisation or class.</param>
/// <param name="Path">Where it is shown; begins with a slash.</param>
/// <param name="What">The type of the event, or the new status of a certificate.</param>
/// <param name="By">Who did it.</param>
/// <param name="Reason">Why; empty where none was given.</param>
internal sealed record ChangeSubject(string Name, string Path, string What, string By, string Reason)
{
    public static ChangeSubject Of(EventView change) => change.Data switch
    {
        CertificateStatusData data => new ChangeSubject(data.Certificate, $"/certificates/{Uri.EscapeDataString(data.Certificate)}", data.Status, data.DecidedBy, data.Reason),
        BuildRetiredData data => new ChangeSubject($"{data.Manufacturer} {data.Version}", $"/builds/{data.Build}", change.Type, data.DecidedBy, data.Reason),
        BuildData data => new ChangeSubject($"{data.Manufacturer} {data.Version}", $"/builds/{data.Build}", change.Type, data.Manufacturer, ""),
        ClassMinimumData data => new ChangeSubject(data.Class, $"/?q={data.Class}", change.Type, data.DecidedBy, data.Reason),
        OrganisationKeyData data => new ChangeSubject(data.Organisation, $"/?holder={Uri.EscapeDataString(data.Organisation)}", change.Type, data.Organisation, ""),
        ProductData data => new ChangeSubject(data.ProductName, OfClass(data.Class), change.Type, data.DecidedBy, data.Reason),
        SupportData data => new ChangeSubject(data.ProductName, OfClass(data.Class), change.Type, data.Manufacturer, data.SupportUntil),
        ComponentStatusData data => new ChangeSubject($"{data.Scheme} {data.Number}: {data.Status}", $"/v1/components?scheme={Uri.EscapeDataString(data.Scheme)}&number={Uri.EscapeDataString(data.Number)}", change.Type, data.DecidedBy, data.Reason),
        AdvisoryData data => new ChangeSubject(data.Advisory, $"/advisories/{Uri.EscapeDataString(data.Advisory)}", change.Type, data.ImportedBy, data.Title),
        BuildVulnerableData data => new ChangeSubject($"{data.Manufacturer} {data.Version}", $"/builds/{data.Build}", data.Vulnerable ? change.Type : "build.mended", data.Manufacturer, string.Join(", ", data.Advisories)),
        CaseStepData { Certificate: { } certificate } data => new ChangeSubject(certificate, $"/certificates/{Uri.EscapeDataString(certificate)}", $"appeal.{data.Step}", data.Step == "open" ? data.Holder : data.Body, ""),
        _ => throw new InvalidOperationException($"{change.Type} is public and has no line to read; add one here."),
    };
    private static string OfClass(Guid classId) => $"/?q={classId}";
}
