using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Appraisal;

/// <summary>Story 8: ship a patch without turning the fleet red.</summary>
public sealed class PatchAppraisalTests
{
    private static readonly DateTimeOffset Shipped = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Thermostat = new("11111111-1111-4111-8111-111111111111");
    private static readonly DeviceIdentity Board = new("01" + new string('a', 32), 1, DeviceKeyKind.P256, OemId.OfNumber(32473), Thermostat, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");
    private static readonly CoveringCertificate Certificate = new("C-1", "demo", "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Shipped.AddDays(-30), Shipped.AddDays(300));
    private static readonly ReferenceBuild Certified = Build("1.0", 3, [Certificate]);
    private static readonly ReferenceBuild Patch = Build("1.1", 4, []);

    [Fact]
    public void Story_8_a_newer_build_of_the_manufacturer_is_pending_and_the_same_image_that_nobody_signed_is_compromised()
    {
        Verdict signed = Appraise(Patch, [Certified, Patch], Shipped);
        Verdict unsigned = Appraise(Patch, [Certified], Shipped);

        Assert.Equal((Conformity.PendingCoverage, Drift.UncertifiedUpdate), (signed.Conformity, signed.Drift));
        Assert.Equal((Conformity.Compromised, Drift.UnknownMeasurement), (unsigned.Conformity, unsigned.Drift));
    }

    [Theory]
    [InlineData(0, Conformity.Conformant)]
    [InlineData(30 * 86_400_000L, Conformity.Conformant)]
    [InlineData((30 * 86_400_000L) + 1, Conformity.PendingCoverage)]
    public void Story_8_with_an_assessed_process_it_stays_conformant_for_the_days_and_then_is_pending(long milliseconds, Conformity expected)
    {
        ReferenceBuild certified = Under(PatchPolicy.Assessed(30));

        Verdict verdict = Appraise(Patch, [certified, Patch], Shipped.AddMilliseconds(milliseconds));

        Assert.Equal(expected, verdict.Conformity);
        Assert.Equal(expected == Conformity.Conformant ? "C-1" : "", string.Join(',', verdict.Certificates));
        Assert.Equal(Patch.Id, verdict.Build);
        Assert.Equal("manufacturer", verdict.Responsible);
        Assert.Equal(expected == Conformity.Conformant ? Drift.None : Drift.UncertifiedUpdate, verdict.Drift);
        Assert.Contains(expected == Conformity.Conformant ? "until 2026-12-22 12:00:00Z" : "flash a certified one", verdict.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_policy_covers_a_patch_for_as_long_as_the_certificate_is_in_force()
    {
        ReferenceBuild certified = Under(PatchPolicy.Open);

        Assert.Equal(Conformity.Conformant, Appraise(Patch, [certified, Patch], Certificate.ValidUntil).Conformity);
        Assert.Equal(Conformity.PendingCoverage, Appraise(Patch, [certified, Patch], Certificate.ValidUntil.AddMilliseconds(1)).Conformity);
        Assert.Equal("Have this build certified: it counts as a patch of a certified one.", Appraise(Patch, [certified, Patch], Shipped).NextStep);
    }

    [Theory]
    [InlineData(3, Conformity.PendingCoverage)]
    [InlineData(4, Conformity.Conformant)]
    public void A_patch_has_a_higher_security_version(ulong securityVersion, Conformity expected)
    {
        ReferenceBuild patch = Build("1.1", securityVersion, []);

        Assert.Equal(expected, Appraise(patch, [Under(PatchPolicy.Open), patch], Shipped).Conformity);
    }

    [Fact]
    public void A_patch_has_the_same_configuration_and_the_same_components()
    {
        ReferenceBuild certified = Under(PatchPolicy.Open) with { Measured = Set("1.0", "config") };
        ReferenceBuild same = Patch with { Measured = Set("1.1", "config") };
        ReferenceBuild other = Patch with { Measured = Set("1.1", "another config") };

        Assert.Equal(Conformity.Conformant, Appraise(same, [certified, same], Shipped).Conformity);
        Assert.Equal(Conformity.PendingCoverage, Appraise(other, [certified, other], Shipped).Conformity);
        Assert.Equal(Conformity.PendingCoverage, Appraise(Patch, [certified, Patch], Shipped).Conformity);
    }

    [Fact]
    public void A_patch_is_of_the_same_product()
    {
        ReferenceBuild otherProduct = Under(PatchPolicy.Open) with { ClassId = new Guid("22222222-2222-4222-8222-222222222222") };

        Assert.Equal(Conformity.PendingCoverage, Appraise(Patch, [otherProduct, Patch], Shipped).Conformity);
    }

    [Fact]
    public void A_certificate_out_of_force_or_above_the_boards_evidence_covers_no_patch()
    {
        ReferenceBuild suspended = Certified with { Certificates = [Certificate with { PatchPolicy = PatchPolicy.Open, Status = CertificateStatus.Suspended }] };
        ReferenceBuild high = Certified with { Certificates = [Certificate with { PatchPolicy = PatchPolicy.Open, MinimumStrength = EvidenceStrength.HardwareRooted }] };

        Assert.Equal(Conformity.PendingCoverage, Appraise(Patch, [suspended, Patch], Shipped).Conformity);
        Assert.Equal(Conformity.PendingCoverage, Appraise(Patch, [high, Patch], Shipped).Conformity);
    }

    [Fact]
    public void What_a_body_decided_about_the_patch_itself_comes_first()
    {
        ReferenceBuild withdrawn = Patch with { Certificates = [Certificate with { Id = "C-2", Status = CertificateStatus.Withdrawn }] };

        Assert.Equal(Conformity.CertificateNotInForce, Appraise(withdrawn, [Under(PatchPolicy.Open), withdrawn], Shipped).Conformity);
    }

    [Theory]
    [InlineData(0, Conformity.Conformant)]
    [InlineData(1, Conformity.CertificateNotInForce)]
    public void A_superseded_certificate_counts_until_its_grace_ends(int milliseconds, Conformity expected)
    {
        ReferenceBuild superseded = Certified with { Certificates = [Certificate with { Status = CertificateStatus.Superseded, CountsUntil = Shipped }] };

        Verdict verdict = Appraise(superseded, [superseded], Shipped.AddMilliseconds(milliseconds));

        Assert.Equal(expected, verdict.Conformity);
        Assert.Equal(expected == Conformity.Conformant ? "Nothing to do." : "Ask the certification body: certificate C-1 is superseded.", verdict.NextStep);
    }

    [Theory]
    [InlineData(120, Conformity.Conformant)]
    [InlineData(121, Conformity.Stale)]
    public void A_level_can_ask_for_younger_evidence_than_the_policy(int seconds, Conformity expected)
    {
        ReferenceBuild strict = Certified with { Certificates = [Certificate with { MaximumEvidenceAge = TimeSpan.FromSeconds(120) }] };
        ReferenceBuild both = strict with { Certificates = [.. strict.Certificates, Certificate with { Id = "C-2" }] };

        Assert.Equal(expected, Appraise(strict, [strict], Shipped.AddSeconds(seconds), Shipped).Conformity);
        Assert.Equal(Conformity.Conformant, Appraise(both, [both], Shipped.AddSeconds(seconds), Shipped).Conformity);
    }

    [Fact]
    public void When_its_own_certificate_runs_out_old_evidence_does_not_become_fresh_under_that_of_the_build_it_patches()
    {
        CoveringCertificate own = Certificate with { Id = "C-2", ValidUntil = Shipped.AddSeconds(200), MaximumEvidenceAge = TimeSpan.FromSeconds(120) };
        CoveringCertificate next = Certificate with { Id = "C-3", Status = CertificateStatus.Provisional };
        ReferenceBuild patch = Patch with { Certificates = [own, next] };
        ReferenceBuild certified = Under(PatchPolicy.Open);

        Assert.Equal(Conformity.Stale, Appraise(patch, [certified, patch], Shipped.AddSeconds(150), Shipped).Conformity);
        Assert.Equal(Conformity.Stale, Appraise(patch, [certified, patch], Shipped.AddSeconds(250), Shipped).Conformity);
        Assert.NotEqual(Conformity.Stale, Appraise(patch, [certified, patch], Shipped.AddSeconds(250), Shipped.AddSeconds(200)).Conformity);
    }

    private static Verdict Appraise(ReferenceBuild running, ReferenceBuild[] builds, DateTimeOffset now, DateTimeOffset? asOf = null) =>
        Appraiser.Appraise(Board, DeviceFacts.New with { AsOf = asOf ?? now, Measured = running.Measured }, new ManufacturerReference(builds), AppraisalPolicy.Default, now);

    private static ReferenceBuild Under(PatchPolicy policy) => Certified with { Certificates = [Certificate with { PatchPolicy = policy }] };

    private static ReferenceBuild Build(string version, ulong securityVersion, ImmutableArray<CoveringCertificate> certificates) =>
        new($"build-{version}", Thermostat, "acme", version, securityVersion, Set(version), certificates) { SubmittedAt = Shipped };

    private static MeasuredSet Set(string version, string? config = null)
    {
        IEnumerable<MeasuredComponent> components = [Component("clr", version), Component("deployment", version)];
        return new MeasuredSet(config is null ? components : components.Append(Component("config", config)));
    }

    private static MeasuredComponent Component(string name, string content) => new(name, SHA256.HashData(Encoding.UTF8.GetBytes(name + content)));
}
