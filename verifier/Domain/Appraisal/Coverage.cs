using System.Collections.Immutable;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Whether certificates cover a matched build for this board at this moment.</summary>
/// <param name="InForce">Ids of the certificates that count.</param>
/// <param name="Lapsed">When some covered it once and none is in force: the one that was to hold longest. Else null.</param>
/// <param name="Drift"><see cref="Appraisal.Drift.UncertifiedUpdate"/> when none ever did, else None.</param>
internal sealed record Coverage(ImmutableArray<string> InForce, CoveringCertificate? Lapsed, Drift Drift)
{
    private static readonly Coverage NotApplicable = new([], null, Drift.None);

    /// <summary>A provisional certificate that names the build; null when none does.</summary>
    public CoveringCertificate? Provisional { get; private init; }

    /// <summary>Why a certificate in force does not count for this board, when none does; else null.</summary>
    public UnmetRequirement? Unmet { get; private init; }

    /// <summary>When the build counts as a patch only: the last moment at which it does. Else null.</summary>
    public DateTimeOffset? PatchUntil { get; private init; }

    /// <summary>The oldest evidence that one of the certificates in force accepts; null when one of them sets no limit. When none is in force, the
    /// shortest limit there was: that a certificate runs out must not make old evidence fresh.</summary>
    public TimeSpan? MaximumEvidenceAge { get; private init; }

    /// <param name="extract">What the reference values say.</param>
    /// <param name="check">What policies ask of this board.</param>
    /// <param name="age">Age of the evidence.</param>
    /// <param name="now">The verifier's time.</param>
    public static Coverage Of(ReferenceExtract extract, PolicyCheck check, TimeSpan age, DateTimeOffset now)
    {
        if (extract.Match.Build is not { } build || extract.Match.Drift != Drift.None)
        {
            return NotApplicable;
        }

        // A level whose policy the board does not meet says nothing about this board.
        CoveringCertificate[] accepting = [.. build.Certificates.Where(check.Accepts)];
        CoveringCertificate[] inForce = [.. accepting.Where(certificate => certificate.IsInForce(now))];
        if (inForce.Length > 0)
        {
            return By(inForce, check, age);
        }

        TimeSpan? shortest = accepting.Concat(extract.PatchedCertificates.Where(check.Accepts)).Min(check.MaximumAge);
        TimeSpan? lapsedLimit = accepting.Where(certificate => certificate.Status != CertificateStatus.Provisional).Min(check.MaximumAge);
        Coverage asPatch = OfPatch(extract, build.SubmittedAt, check, age, shortest, lapsedLimit, now) with { Unmet = UnmetOf(build, check, now) };
        if (accepting.FirstOrDefault(certificate => certificate.IsProvisional(now)) is { } provisional)
        {
            return asPatch with { Provisional = provisional };
        }

        CoveringCertificate? lapsed = accepting.Where(certificate => now >= certificate.ValidFrom).MaxBy(certificate => certificate.ValidUntil);
        return lapsed is null ? asPatch : new Coverage([], lapsed, Drift.None) { Unmet = asPatch.Unmet, MaximumEvidenceAge = shortest };
    }

    /// <summary>A build that no certificate names any more may still be covered as a patch, by the certificate of the build it patches.</summary>
    /// <param name="extract">What the reference values say.</param>
    /// <param name="submittedAt">When the build was submitted.</param>
    /// <param name="check">What policies ask of this board.</param>
    /// <param name="age">Age of the evidence.</param>
    /// <param name="shortest">The shortest limit there was.</param>
    /// <param name="lapsedLimit">The shortest limit that a certificate of the build itself set before it ran out: it stays.</param>
    /// <param name="now">The verifier's time.</param>
    private static Coverage OfPatch(ReferenceExtract extract, DateTimeOffset submittedAt, PolicyCheck check, TimeSpan age, TimeSpan? shortest, TimeSpan? lapsedLimit, DateTimeOffset now)
    {
        CoveringCertificate[] covering = [.. extract.PatchedCertificates.Where(certificate => certificate.IsInForce(now) && check.Accepts(certificate) && now <= check.PatchUntil(certificate, submittedAt))];
        if (covering.Length == 0)
        {
            return new Coverage([], null, Drift.UncertifiedUpdate) { MaximumEvidenceAge = shortest };
        }

        Coverage coverage = By(covering, check, age);
        return coverage with
        {
            PatchUntil = covering.Max(certificate => check.PatchUntil(certificate, submittedAt)),
            MaximumEvidenceAge = Shorter(lapsedLimit, coverage.MaximumEvidenceAge),
        };
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private static UnmetRequirement? UnmetOf(ReferenceBuild build, PolicyCheck check, DateTimeOffset now) =>
        build.Certificates.FirstOrDefault(certificate => certificate.IsInForce(now)) is { } refused ? check.FirstUnmet(refused) : null;

    // Evidence that is too old for one of them leaves the others; too old for all of them, it is stale.
    private static Coverage By(CoveringCertificate[] certificates, PolicyCheck check, TimeSpan age)
    {
        CoveringCertificate[] fresh = [.. certificates.Where(certificate => check.MaximumAge(certificate) is not { } most || age <= most)];
        TimeSpan?[] ages = [.. certificates.Select(check.MaximumAge)];
        return new Coverage([.. (fresh.Length > 0 ? fresh : certificates).Select(certificate => certificate.Id)], null, Drift.None)
        {
            MaximumEvidenceAge = ages.Contains(null) ? null : ages.Max(),
        };
    }
}
