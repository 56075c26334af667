using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Policies;

/// <summary>Compares what a board's evidence is with what policies ask for. Its age is left out: that is the clock's, see <see cref="MaximumAge"/>.</summary>
internal sealed class PolicyCheck(PolicyBook book, DeviceIdentity device, BootFacts boot)
{
    /// <summary>True when the certificate counts for the board.</summary>
    public bool Accepts(CoveringCertificate certificate) => LevelOf(certificate) is { } level
        ? Meets(level) && Meets(book.General)
        : certificate.Accepts(device.Strength) && Meets(book.General);

    /// <summary>The first requirement that keeps the certificate from counting; null when none does.</summary>
    public UnmetRequirement? FirstUnmet(CoveringCertificate certificate)
    {
        EvidencePolicy? level = LevelOf(certificate);
        if (level is null && !certificate.Accepts(device.Strength))
        {
            return TooWeak(certificate, EvidencePolicy.IdOf(certificate.Scheme, certificate.Level), certificate.MinimumStrength);
        }

        return (level is null ? null : Compare(certificate, level)) ?? Compare(certificate, book.General);
    }

    /// <summary>The oldest evidence that the certificate accepts; null where its level sets no limit.</summary>
    public TimeSpan? MaximumAge(CoveringCertificate certificate) => LevelOf(certificate) is { } level ? level.MaximumEvidenceAge : certificate.MaximumEvidenceAge;

    /// <summary>Last moment at which a patch submitted then is covered by the certificate; null when it is not covered at all.</summary>
    public DateTimeOffset? PatchUntil(CoveringCertificate certificate, DateTimeOffset submittedAt)
    {
        DateTimeOffset? until = certificate.PatchPolicy.CoversUntil(submittedAt);
        int? days = Lower(LevelOf(certificate)?.MaximumPatchDays, book.General.MaximumPatchDays);
        return (until, days) switch
        {
            (null, _) or (_, 0) => null,
            ({ } end, { } most) when submittedAt <= DateTimeOffset.MaxValue.AddDays(-most) && submittedAt.AddDays(most) < end => submittedAt.AddDays(most),
            _ => until,
        };
    }

    /// <summary>The policy of the certificate's level, or null.</summary>
    public EvidencePolicy? LevelOf(CoveringCertificate certificate) => book.Find(certificate.Scheme, certificate.Level);

    private bool Meets(EvidencePolicy policy) =>
        device.Strength >= policy.MinimumEvidenceStrength
        && policy.AllowedAlgorithms.HasFlag(device.KeyKind.Algorithm())
        && (!policy.RequiredBootFacts.HasFlag(BootRequirements.SecureBoot) || boot.SecureBoot == true)
        && (!policy.RequiredBootFacts.HasFlag(BootRequirements.DebugDisabled) || boot.DebugStatus >= 1);

    private UnmetRequirement? Compare(CoveringCertificate certificate, EvidencePolicy policy)
    {
        if (Meets(policy))
        {
            return null;
        }

        if (device.Strength < policy.MinimumEvidenceStrength)
        {
            return TooWeak(certificate, policy.Name, policy.MinimumEvidenceStrength);
        }

        EvidenceAlgorithms algorithm = device.KeyKind.Algorithm();
        if (!policy.AllowedAlgorithms.HasFlag(algorithm))
        {
            return new UnmetRequirement(StepCode.AlgorithmNotAllowed, [certificate.Id, policy.Name, string.Join(", ", policy.AllowedAlgorithms.Words()), algorithm.Words()[0]]);
        }

        bool isUnsecured = policy.RequiredBootFacts.HasFlag(BootRequirements.SecureBoot) && boot.SecureBoot != true;
        return new UnmetRequirement(isUnsecured ? StepCode.SecureBootNotShown : StepCode.DebugNotClosed, [certificate.Id, policy.Name]);
    }

    private UnmetRequirement TooWeak(CoveringCertificate certificate, string policy, EvidenceStrength needed) =>
        new(StepCode.StrengthTooLow, [certificate.Id, policy, needed.Word(), device.Strength.Word()]);

    private static int? Lower(int? one, int? other) => one is null || other < one ? other : one;
}
