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
        _ => throw new InvalidOperationException($"{change.Type} is public and has no line to read; add one here."),
    };
}
