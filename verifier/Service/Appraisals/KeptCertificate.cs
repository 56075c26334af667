using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Reference;

namespace IotAttest.Service.Appraisals;

/// <summary>A certificate as it stood. Times are milliseconds since 1970 (UTC).</summary>
internal sealed record KeptCertificate(
    string Id, string Scheme, string Level, int MinimumStrength, int Status, long ValidFrom, long ValidUntil, string Body, string PatchPolicy, long? CountsUntil, long? MaximumAgeMs)
{
    public static KeptCertificate Of(CoveringCertificate certificate) => new(
        certificate.Id,
        certificate.Scheme,
        certificate.Level,
        (int)certificate.MinimumStrength,
        (int)certificate.Status,
        certificate.ValidFrom.ToUnixTimeMilliseconds(),
        certificate.ValidUntil.ToUnixTimeMilliseconds(),
        certificate.Body,
        certificate.PatchPolicy.ToString(),
        certificate.CountsUntil?.ToUnixTimeMilliseconds(),
        (long?)certificate.MaximumEvidenceAge?.TotalMilliseconds);

    public CoveringCertificate ToCertificate() => new(
        Id, Scheme, Level, (EvidenceStrength)MinimumStrength, (CertificateStatus)Status, KeptTime.Read(ValidFrom), KeptTime.Read(ValidUntil))
    {
        Body = Body,
        PatchPolicy = StoredPatchPolicy.Read(PatchPolicy),
        CountsUntil = KeptTime.Read(CountsUntil),
        MaximumEvidenceAge = MaximumAgeMs is { } age ? TimeSpan.FromMilliseconds(age) : null,
    };
}
