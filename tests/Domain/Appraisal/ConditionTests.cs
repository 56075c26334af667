using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Gate;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Appraisal;

/// <summary>certification.md section 5.4: one word is shown first, every other true condition stays visible.</summary>
public sealed class ConditionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Thermostat = new("11111111-1111-4111-8111-111111111111");
    private static readonly DeviceIdentity Board = new("01" + new string('a', 32), 1, DeviceKeyKind.P256, OemId.OfNumber(32473), Thermostat, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");

    private static readonly CoveringCertificate InForce = new("C-1", "demo", "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Now.AddDays(-30), Now.AddDays(300)) { Body = "demo-cb" };

    private static readonly MeasuredSet Runs = new([new MeasuredComponent("clr", SHA256.HashData(Encoding.UTF8.GetBytes("1.2.0")))]);
    private static readonly ReferenceBuild Certified = new("build-1", Thermostat, "acme", "1.2.0", 3, Runs, [InForce]);

    [Fact]
    public void An_advisory_turns_a_certified_build_vulnerable_without_new_evidence()
    {
        ManufacturerReference before = new([Certified]);

        Verdict verdict = Appraise(before.WithAdvisories(Marks("ACME-2026-2", "ACME-2026-1")));

        Assert.Equal(Conformity.Conformant, Appraise(before).Conformity);
        Assert.Equal((Conformity.Vulnerable, Conditions.None), (verdict.Conformity, verdict.Conditions));
        Assert.Equal(["ACME-2026-1", "ACME-2026-2"], verdict.Advisories.ToArray());
        Assert.Equal("Update the board: its build is affected by ACME-2026-1, ACME-2026-2.", verdict.NextStep);
        Assert.Equal("integrator", verdict.Responsible);
        Assert.Equal((32, 32), (verdict.Vector.Executables, verdict.Vector.Status));
    }

    [Fact]
    public void An_advisory_that_is_resolved_marks_nothing_any_more()
    {
        ManufacturerReference marked = new([Certified with { Advisories = ["ACME-2026-1"] }]);

        Assert.Equal(Conformity.Vulnerable, Appraise(marked).Conformity);
        Assert.Equal(["ACME-2026-1"], marked.Find(Certified.Id)!.Advisories.ToArray());
        Assert.Equal(Conformity.Conformant, Appraise(marked.WithAdvisories(ImmutableDictionary<string, ImmutableArray<string>>.Empty)).Conformity);
    }

    [Fact]
    public void A_build_that_comes_later_leaves_advisories_minimums_and_ends_of_support_as_they_are()
    {
        ReferenceBuild later = Certified with { Id = "build-2", Certificates = [], Measured = new([new MeasuredComponent("clr", SHA256.HashData("1.3.0"u8))]), Advisories = ["ACME-2026-3"] };
        ManufacturerReference grown = new ManufacturerReference([Certified]).WithAdvisories(Marks("ACME-2026-1")).WithSupport(Thermostat, Now.AddDays(1)).WithMinimum(Thermostat, 2).With(later);

        Assert.Equal(["ACME-2026-1"], grown.Find("build-1")!.Advisories.ToArray());
        Assert.Equal(["ACME-2026-3"], grown.Find("build-2")!.Advisories.ToArray());
        Assert.Equal((Now.AddDays(1), 2UL), (grown.SupportUntilOf(Thermostat), grown.MinimumSecurityVersionOf(Thermostat)));
    }

    [Fact]
    public void A_pending_build_that_is_affected_too_shows_both()
    {
        Verdict verdict = Appraise(new ManufacturerReference([Certified with { Certificates = [], Advisories = ["ACME-2026-1"] }]));

        Assert.Equal((Conformity.PendingCoverage, Conditions.Vulnerable), (verdict.Conformity, verdict.Conditions));
        Assert.Equal(["PendingCoverage", "UncertifiedUpdate", "Vulnerable"], Gatekeeper.Decide(verdict, GateMode.Enforce).Reasons.ToArray());
    }

    [Theory]
    [InlineData(0, Conformity.Conformant, Conditions.SupportEnding)]
    [InlineData(1, Conformity.SupportEnded, Conditions.None)]
    public void Support_ends_after_its_last_moment(int afterMs, Conformity expected, Conditions beside)
    {
        ManufacturerReference reference = new([Certified], supports: new Dictionary<Guid, DateTimeOffset> { [Thermostat] = Now });

        Verdict verdict = Appraise(reference, Now.AddMilliseconds(afterMs));

        Assert.Equal((expected, beside), (verdict.Conformity, verdict.Conditions));
        Assert.Equal(expected == Conformity.SupportEnded ? "operator" : "", verdict.Responsible);
        Assert.Equal(expected == Conformity.SupportEnded, verdict.NextStep.Contains("2026-11-22", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, Conditions.None)]
    [InlineData(1, Conditions.SupportEnding)]
    public void The_end_of_support_is_told_90_days_before(int afterMs, Conditions expected)
    {
        ManufacturerReference reference = new ManufacturerReference([Certified]).WithSupport(Thermostat, Now.AddDays(90));

        Assert.Equal(expected, Appraise(reference, Now.AddMilliseconds(afterMs)).Conditions);
    }

    [Theory]
    [InlineData(0, 0, Conditions.None)]
    [InlineData(0, 1, Conditions.ComponentNotInForce)]
    [InlineData(1, 1, Conditions.None)]
    public void A_component_whose_certificate_ran_out_is_a_condition_and_changes_nothing_else(int untilMs, int atMs, Conditions expected)
    {
        ManufacturerReference reference = new ManufacturerReference([Certified]).WithComponents(Thermostat, null, Now.AddMilliseconds(untilMs)).WithComponents(Thermostat, "another build", DateTimeOffset.MinValue);

        Verdict verdict = Appraise(reference, Now.AddMilliseconds(atMs));

        Assert.Equal((Conformity.Conformant, expected, StepCode.NothingToDo), (verdict.Conformity, verdict.Conditions, verdict.Guidance.Code));
        Assert.Equal((GateDecision.Allow, expected == Conditions.None ? 1 : 2), (Gatekeeper.Decide(verdict, GateMode.Enforce).Decision, Gatekeeper.Decide(verdict, GateMode.Enforce).Reasons.Length));
        Assert.Equal(Appraise(new ManufacturerReference([Certified]), Now.AddMilliseconds(atMs)).Vector, verdict.Vector);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(5, null, 5)]
    [InlineData(null, 7, 7)]
    [InlineData(5, 7, 5)]
    [InlineData(9, 7, 7)]
    public void Of_the_components_of_a_product_and_of_its_build_the_earlier_end_counts(int? ofClass, int? ofBuild, int? expected)
    {
        ManufacturerReference reference = new ManufacturerReference([Certified])
            .WithComponents(Thermostat, null, DateTimeOffset.MinValue).WithComponents(Thermostat, Certified.Id, DateTimeOffset.MinValue)
            .WithComponents(Thermostat, null, At(ofClass)).WithComponents(Thermostat, Certified.Id, At(ofBuild));

        Assert.Equal(At(expected), reference.ComponentsUntilOf(Thermostat, Certified.Id));
        Assert.Equal(At(ofClass), reference.ComponentsUntilOf(Thermostat, null));

        static DateTimeOffset? At(int? days) => days is { } known ? Now.AddDays(known) : null;
    }

    [Fact]
    public void The_order_of_the_words_is_certificate_coverage_advisory_support()
    {
        ManufacturerReference ended = new ManufacturerReference([Certified]).WithSupport(Thermostat, Now.AddDays(-1));
        ManufacturerReference lapsed = new ManufacturerReference([Certified with { Certificates = [InForce with { Status = CertificateStatus.Suspended }] }]).WithSupport(Thermostat, Now.AddDays(-1)).WithAdvisories(Marks("A-1"));

        Verdict affected = Appraise(ended.WithAdvisories(Marks("A-1")));
        Verdict suspended = Appraise(lapsed);

        Assert.Equal((Conformity.Vulnerable, Conditions.SupportEnded), (affected.Conformity, affected.Conditions));
        Assert.Equal((Conformity.CertificateNotInForce, Conditions.Vulnerable | Conditions.SupportEnded), (suspended.Conformity, suspended.Conditions));
    }

    [Fact]
    public void What_is_worse_stays_first_and_hides_nothing()
    {
        ManufacturerReference reference = new ManufacturerReference([Certified]).WithAdvisories(Marks("A-1"));

        Verdict stale = Appraise(reference, Now.AddHours(1));

        Assert.Equal((Conformity.Stale, Conditions.Vulnerable), (stale.Conformity, stale.Conditions));
    }

    [Fact]
    public void A_provisional_certificate_makes_its_build_pending_and_names_the_body()
    {
        CoveringCertificate provisional = InForce with { Id = "P-1", Status = CertificateStatus.Provisional };

        Verdict verdict = Appraise(new ManufacturerReference([Certified with { Certificates = [provisional] }]));
        Verdict both = Appraise(new ManufacturerReference([Certified with { Certificates = [provisional, InForce] }]));

        Assert.Equal((Conformity.PendingCoverage, Conditions.Provisional, "body"), (verdict.Conformity, verdict.Conditions, verdict.Responsible));
        Assert.Equal("Wait for demo-cb: certificate P-1 is provisional.", verdict.NextStep);
        Assert.Empty(verdict.Certificates);
        Assert.Equal((Conformity.Conformant, "C-1"), (both.Conformity, Assert.Single(both.Certificates)));
    }

    [Fact]
    public void A_provisional_certificate_that_ran_out_is_not_in_force()
    {
        CoveringCertificate provisional = InForce with { Status = CertificateStatus.Provisional, ValidUntil = Now };
        ManufacturerReference reference = new([Certified with { Certificates = [provisional] }]);

        Assert.Equal(Conformity.PendingCoverage, Appraise(reference).Conformity);
        Assert.Equal(Conformity.CertificateNotInForce, Appraise(reference, Now.AddMilliseconds(1)).Conformity);
    }

    private static Dictionary<string, ImmutableArray<string>> Marks(params ImmutableArray<string> advisories) => new() { [Certified.Id] = advisories };

    private static Verdict Appraise(ManufacturerReference reference, DateTimeOffset? at = null) =>
        Appraiser.Appraise(Board, DeviceFacts.New with { AsOf = Now, Measured = Runs }, reference, AppraisalPolicy.Default, at ?? Now);
}
