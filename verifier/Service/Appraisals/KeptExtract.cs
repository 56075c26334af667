using System.Text.Json;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Appraisals;

/// <summary>What reference values and policies said about a board when its verdict changed: the body of a row of appraisal_extracts.</summary>
/// <param name="MatchDrift">What comparing gave.</param>
/// <param name="HasReference">There was something to compare with.</param>
/// <param name="HasUncoveredSets">A sticky cause was not covered.</param>
/// <param name="Minimum">Lowest security version of the build's class.</param>
/// <param name="SupportUntil">Last moment of support of the class.</param>
/// <param name="Build">The matched build.</param>
/// <param name="Compared">Id of the build whose digests were shown, when it is another one.</param>
/// <param name="Patched">Certificates that covered the build as a patch.</param>
/// <param name="Layouts">Certificates of the same assemblies in another layout.</param>
/// <param name="Policies">Id and version of each policy that could decide, with a colon.</param>
/// <param name="AttestEveryMs">Cadence of the verifier.</param>
/// <param name="SilenceGraceMs">The grace beside it.</param>
/// <param name="ComponentsUntil">Last moment at which the certificates of all components are in force.</param>
internal sealed record KeptExtract(
    int MatchDrift,
    bool HasReference,
    bool HasUncoveredSets,
    ulong Minimum,
    long? SupportUntil,
    KeptBuild? Build,
    string? Compared,
    KeptCertificate[] Patched,
    KeptCertificate[] Layouts,
    string[] Policies,
    long AttestEveryMs,
    long SilenceGraceMs,
    long? ComponentsUntil)
{
    public static KeptExtract Of(ReferenceExtract extract, AppraisalPolicy policy) => new(
        (int)extract.Match.Drift,
        extract.Match.HasReference,
        extract.HasUncoveredSets,
        extract.MinimumSecurityVersion,
        extract.SupportUntil?.ToUnixTimeMilliseconds(),
        extract.Match.Build is { } build ? KeptBuild.Of(build) : null,
        extract.Match.Build is null ? extract.Compared?.Id : null,
        [.. extract.PatchedCertificates.Select(KeptCertificate.Of)],
        [.. extract.LayoutCertificates.Select(KeptCertificate.Of)],
        [.. PoliciesOf(extract, policy.Book).Select(PolicyReference.Of)],
        (long)policy.AttestEvery.TotalMilliseconds,
        (long)policy.SilenceGrace.TotalMilliseconds,
        extract.ComponentsUntil?.ToUnixTimeMilliseconds());

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">Not what this program writes.</exception>
    public static KeptExtract Read(byte[] body) =>
        JsonSerializer.Deserialize<KeptExtract>(body) ?? throw new StoreException("The database holds an empty extract of an appraisal. Restore a backup.");

    /// <param name="measured">The board's measured set.</param>
    /// <param name="compared">The build of <see cref="Compared"/>.</param>
    public ReferenceExtract ToExtract(MeasuredSet? measured, ReferenceBuild? compared)
    {
        ReferenceBuild? build = measured is null ? null : Build?.ToBuild(measured);
        return new ReferenceExtract(
            new BuildMatch(build, (Drift)MatchDrift, HasReference),
            [.. Patched.Select(certificate => certificate.ToCertificate())],
            [.. Layouts.Select(certificate => certificate.ToCertificate())])
        {
            HasUncoveredSets = HasUncoveredSets,
            MinimumSecurityVersion = Minimum,
            SupportUntil = KeptTime.Read(SupportUntil),
            ComponentsUntil = KeptTime.Read(ComponentsUntil),
            Compared = build ?? compared,
        };
    }

    /// <summary>The general policy, and that of each level some certificate names.</summary>
    private static IEnumerable<EvidencePolicy> PoliciesOf(ReferenceExtract extract, PolicyBook book) =>
    [
        book.General,
        .. (extract.Match.Build?.Certificates ?? []).Concat(extract.PatchedCertificates).Concat(extract.LayoutCertificates)
            .Select(certificate => book.Find(certificate.Scheme, certificate.Level)).OfType<EvidencePolicy>().DistinctBy(policy => policy.Id).OrderBy(policy => policy.Id, StringComparer.Ordinal),
    ];
}
