using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Appraisals;

/// <summary>The matched build as it stood; its measured set is that of the board.</summary>
internal sealed record KeptBuild(
    string Id, Guid Class, string Manufacturer, string Version, ulong SecurityVersion, long? AcceptedUntil, long SubmittedAt, string[] Advisories, KeptCertificate[] Certificates)
{
    public static KeptBuild Of(ReferenceBuild build) => new(
        build.Id,
        build.ClassId,
        build.Manufacturer,
        build.Version,
        build.SecurityVersion,
        build.AcceptedUntil?.ToUnixTimeMilliseconds(),
        build.SubmittedAt.ToUnixTimeMilliseconds(),
        [.. build.Advisories],
        [.. build.Certificates.Select(KeptCertificate.Of)]);

    public ReferenceBuild ToBuild(MeasuredSet measured) => new(
        Id, Class, Manufacturer, Version, SecurityVersion, measured, [.. Certificates.Select(certificate => certificate.ToCertificate())], KeptTime.Read(AcceptedUntil))
    {
        SubmittedAt = KeptTime.Read(SubmittedAt),
        Advisories = [.. Advisories],
    };
}
