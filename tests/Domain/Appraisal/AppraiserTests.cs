using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Appraisal;

public sealed class AppraiserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Thermostat = new("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Lamp = new("22222222-2222-4222-8222-222222222222");

    private static readonly DeviceIdentity Board = new("01" + new string('a', 32), 1, DeviceKeyKind.P256, OemId.OfNumber(32473), Thermostat, EvidenceStrength.Native, FreshnessMode.Challenge, "acme");

    private static readonly ReferenceBuild Current = Build("1.2.0", 3, Thermostat, Certificate("C-120"));
    private static readonly ReferenceBuild Older = Build("1.1.0", 2, Thermostat, Certificate("C-110"));
    private static readonly ReferenceBuild Uncertified = Build("1.3.0", 4, Thermostat);
    private static readonly ReferenceBuild OfLamp = Build("9.0.0", 1, Lamp, Certificate("C-900"));
    private static readonly ManufacturerReference Reference = new([Older, Current, Uncertified, OfLamp]);

    [Fact]
    public void The_certified_build_is_conformant()
    {
        Verdict verdict = Appraise(Facts(Current.Measured));

        Assert.Equal((Conformity.Conformant, Drift.None), (verdict.Conformity, verdict.Drift));
        Assert.Equal(Current.Id, verdict.Build);
        Assert.Equal("C-120", Assert.Single(verdict.Certificates));
        Assert.All(verdict.Components, component => Assert.Equal(component.Expected, component.Reported));
        Assert.Equal(2, verdict.Vector.Status);
        Assert.Equal("", verdict.Responsible);
    }

    [Fact]
    public void An_unknown_digest_is_compromised_and_a_warning_in_the_trust_vector()
    {
        Verdict verdict = Appraise(Facts(With(Current.Measured, "deployment", "tampered"), Current));

        Assert.Equal((Conformity.Compromised, Drift.UnknownMeasurement), (verdict.Conformity, verdict.Drift));
        Assert.Equal(33, verdict.Vector.Executables);
        Assert.Equal(32, verdict.Vector.Status);
        ComponentComparison changed = Assert.Single(verdict.Components, component => component.Expected != component.Reported);
        Assert.Equal("deployment", changed.Name);
    }

    [Fact]
    public void Putting_the_old_content_back_does_not_clear_an_unknown_measurement()
    {
        MeasuredSet tampered = With(Current.Measured, "deployment", "tampered");
        DeviceFacts facts = StickyCauses.Update(Facts(tampered), Thermostat, Reference, tampered);

        DeviceFacts restored = StickyCauses.Update(facts with { Measured = Current.Measured }, Thermostat, Reference, Current.Measured);

        Assert.Equal((Conformity.Compromised, Drift.UnknownMeasurement), (Appraise(restored).Conformity, Appraise(restored).Drift));
    }

    [Fact]
    public void A_later_manifest_that_covers_exactly_those_digests_clears_it()
    {
        MeasuredSet patched = With(Current.Measured, "deployment", "patched");
        DeviceFacts facts = StickyCauses.Update(Facts(patched), Thermostat, Reference, patched);
        ReferenceBuild patch = Current with { Id = "patch", Measured = patched, Certificates = [], SecurityVersion = 4 };

        Verdict verdict = Appraiser.Appraise(Board, facts, new ManufacturerReference([Older, Current, patch]), AppraisalPolicy.Default, Now);

        Assert.Equal((Conformity.PendingCoverage, Drift.UncertifiedUpdate), (verdict.Conformity, verdict.Drift));
    }

    [Fact]
    public void A_manifest_of_another_organisation_never_counts()
    {
        // The issuer rule holds by construction: another manufacturer's builds are in another snapshot.
        Verdict verdict = Appraiser.Appraise(Board, Facts(Current.Measured), ManufacturerReference.Empty, AppraisalPolicy.Default, Now);

        Assert.Equal(Conformity.Unknown, verdict.Conformity);
    }

    [Fact]
    public void A_build_that_no_certificate_names_is_pending()
    {
        Verdict verdict = Appraise(Facts(Uncertified.Measured));

        Assert.Equal((Conformity.PendingCoverage, Drift.UncertifiedUpdate), (verdict.Conformity, verdict.Drift));
        Assert.Equal("manufacturer", verdict.Responsible);
    }

    [Fact]
    public void An_older_certified_build_is_a_rollback_for_a_board_that_ran_a_newer_one()
    {
        DeviceFacts facts = Facts(Older.Measured) with { HighestSecurityVersion = 3 };

        Verdict verdict = Appraise(facts);

        Assert.Equal((Conformity.Drifted, Drift.Rollback), (verdict.Conformity, verdict.Drift));
        Assert.Equal(Older.Id, verdict.Build);
    }

    [Fact]
    public void The_acceptance_window_of_a_superseded_build_closes_by_itself()
    {
        ManufacturerReference reference = new([Older with { AcceptedUntil = Now }, Current]);

        Verdict last = Appraiser.Appraise(Board, Facts(Older.Measured), reference, AppraisalPolicy.Default, Now);
        Verdict after = Appraiser.Appraise(Board, Facts(Older.Measured), reference, AppraisalPolicy.Default, Now.AddMilliseconds(1));

        Assert.Equal(Conformity.Conformant, last.Conformity);
        Assert.Equal((Conformity.Drifted, Drift.Rollback), (after.Conformity, after.Drift));
    }

    [Fact]
    public void Parts_of_two_builds_are_a_mixed_build()
    {
        MeasuredSet mixed = new([Current.Measured.Components[0], .. Older.Measured.Components.Skip(1)]);

        Verdict verdict = Appraise(Facts(mixed));

        Assert.Equal((Conformity.Drifted, Drift.MixedBuild), (verdict.Conformity, verdict.Drift));
    }

    [Fact]
    public void A_build_of_another_product_of_the_manufacturer_is_named()
    {
        Verdict verdict = Appraise(Facts(OfLamp.Measured));

        Assert.Equal((Conformity.Drifted, Drift.OtherModelBuild), (verdict.Conformity, verdict.Drift));
    }

    [Fact]
    public void A_missing_component_is_a_claim_mismatch()
    {
        Verdict verdict = Appraise(Facts(new MeasuredSet(Current.Measured.Components.Take(2))));

        Assert.Equal((Conformity.Drifted, Drift.ClaimMismatch), (verdict.Conformity, verdict.Drift));
    }

    [Fact]
    public void An_extra_component_is_a_claim_mismatch()
    {
        Verdict verdict = Appraise(Facts(new MeasuredSet([.. Current.Measured.Components, Component("config", "x")])));

        Assert.Equal((Conformity.Drifted, Drift.ClaimMismatch), (verdict.Conformity, verdict.Drift));
    }

    [Fact]
    public void Configuration_that_differs_alone_is_config_drift()
    {
        ReferenceBuild withConfig = Current with { Id = "config", Measured = new MeasuredSet([.. Current.Measured.Components, Component("config", "certified")]) };
        MeasuredSet changed = With(withConfig.Measured, "config", "changed");

        Verdict verdict = Appraiser.Appraise(Board, Facts(changed), new ManufacturerReference([withConfig]), AppraisalPolicy.Default, Now);

        Assert.Equal((Conformity.Drifted, Drift.ConfigDrift), (verdict.Conformity, verdict.Drift));
    }

    [Theory]
    [InlineData(660_000, Conformity.Conformant)]
    [InlineData(660_001, Conformity.Stale)]
    public void Silence_of_two_intervals_and_60_seconds_turns_stale_by_the_clock(int ageMs, Conformity expected)
    {
        Verdict verdict = Appraiser.Appraise(Board, Facts(Current.Measured), Reference, AppraisalPolicy.Default, Now.AddMilliseconds(ageMs));

        Assert.Equal(expected, verdict.Conformity);
        Assert.Equal(Now.AddSeconds(660), verdict.ExpiresAt);
        Assert.Equal(expected == Conformity.Stale, verdict.Drift.HasFlag(Drift.StaleEvidence));
        Assert.Equal(expected == Conformity.Stale ? 0 : 2, verdict.Vector.Status);
    }

    [Theory]
    [InlineData(CertificateStatus.Suspended, "Ask demo-cb: certificate C-120 is suspended.")]
    [InlineData(CertificateStatus.Withdrawn, "Ask demo-cb: certificate C-120 is withdrawn.")]
    [InlineData(CertificateStatus.Revoked, "Ask demo-cb: certificate C-120 is revoked.")]
    public void Without_a_certificate_in_force_the_board_is_not_conformant_and_the_next_step_names_it(CertificateStatus status, string nextStep)
    {
        ReferenceBuild lapsed = Current with { Certificates = [Certificate("C-120") with { Status = status, Body = "demo-cb" }] };

        Verdict verdict = Appraiser.Appraise(Board, Facts(lapsed.Measured), new ManufacturerReference([lapsed]), AppraisalPolicy.Default, Now);

        Assert.Equal((Conformity.CertificateNotInForce, Drift.None), (verdict.Conformity, verdict.Drift));
        Assert.Equal("body", verdict.Responsible);
        Assert.Equal(nextStep, verdict.NextStep);
        Assert.Empty(verdict.Certificates);
    }

    [Fact]
    public void A_certificate_ends_with_its_last_moment()
    {
        ReferenceBuild ending = Current with { Certificates = [Certificate("C-120") with { ValidUntil = Now }] };
        ManufacturerReference reference = new([ending]);

        Assert.Equal(Conformity.Conformant, Appraiser.Appraise(Board, Facts(ending.Measured), reference, AppraisalPolicy.Default, Now).Conformity);
        Assert.Equal(Conformity.CertificateNotInForce, Appraiser.Appraise(Board, Facts(ending.Measured), reference, AppraisalPolicy.Default, Now.AddMilliseconds(1)).Conformity);
    }

    [Fact]
    public void Of_several_lapsed_certificates_the_next_step_names_the_one_that_was_to_hold_longest()
    {
        CoveringCertificate expired = Certificate("C-2") with { ValidUntil = Now.AddMilliseconds(-1) };
        ReferenceBuild lapsed = Current with { Certificates = [Certificate("C-1") with { ValidUntil = Now.AddDays(-9), Status = CertificateStatus.Withdrawn }, expired, Certificate("C-3") with { ValidFrom = Now.AddDays(1) }] };

        Verdict verdict = Appraiser.Appraise(Board, Facts(lapsed.Measured), new ManufacturerReference([lapsed]), AppraisalPolicy.Default, Now);

        Assert.Equal("Ask the certification body: certificate C-2 expired on 2026-11-22.", verdict.NextStep);
    }

    [Fact]
    public void A_self_reported_board_is_never_conformant_for_a_level_that_asks_for_more()
    {
        DeviceIdentity board = Board with { Strength = EvidenceStrength.SelfReported };
        ReferenceBuild inventory = Current with { Measured = new MeasuredSet([Component("inventory", "text")]) };
        ReferenceBuild basic = inventory with { Certificates = [Certificate("C-1") with { MinimumStrength = EvidenceStrength.SelfReported }] };

        Verdict strict = Appraiser.Appraise(board, Facts(inventory.Measured), new ManufacturerReference([inventory]), AppraisalPolicy.Default, Now);
        Verdict content = Appraiser.Appraise(board, Facts(basic.Measured), new ManufacturerReference([basic]), AppraisalPolicy.Default, Now);

        Assert.Equal(Conformity.PendingCoverage, strict.Conformity);
        Assert.Equal(Conformity.Conformant, content.Conformity);
        Assert.Equal((36, null), (content.Vector.Configuration, content.Vector.Hardware));
        Assert.Equal(32, content.Vector.Status);
    }

    [Fact]
    public void Boot_facts_count_only_when_they_are_reported()
    {
        Verdict insecure = Appraise(Facts(Current.Measured) with { BootFacts = new BootFacts(false, null) });
        Verdict open = Appraise(Facts(Current.Measured) with { BootFacts = new BootFacts(null, 0) });
        Verdict closed = Appraise(Facts(Current.Measured) with { BootFacts = new BootFacts(true, 1) });

        Assert.Equal((Conformity.Compromised, Drift.BootNotSecured), (insecure.Conformity, insecure.Drift));
        Assert.Equal((Conformity.Drifted, Drift.DebugEnabled), (open.Conformity, open.Drift));
        Assert.Equal(Conformity.Conformant, closed.Conformity);
    }

    [Fact]
    public void Hardware_is_claimed_only_by_hardware_rooted_boards_with_secure_boot()
    {
        DeviceFacts secured = Facts(Current.Measured) with { BootFacts = new BootFacts(true, 3) };

        Assert.Null(Appraise(secured).Vector.Hardware);
        Assert.Equal(2, Appraiser.Appraise(Board with { Strength = EvidenceStrength.HardwareRooted }, secured, Reference, AppraisalPolicy.Default, Now).Vector.Hardware);
    }

    [Fact]
    public void An_identity_conflict_outranks_a_right_build()
    {
        Verdict verdict = Appraise(Facts(Current.Measured) with { HasIdentityConflict = true });

        Assert.Equal((Conformity.Compromised, Drift.IdentityConflict), (verdict.Conformity, verdict.Drift));
        Assert.Equal(96, verdict.Vector.Status);
    }

    [Fact]
    public void A_board_that_never_attested_is_unknown()
    {
        Verdict verdict = Appraise(DeviceFacts.New);

        Assert.Equal((Conformity.Unknown, Drift.None), (verdict.Conformity, verdict.Drift));
        Assert.Null(verdict.ExpiresAt);
        Assert.Equal(0, verdict.Vector.Status);
    }

    [Fact]
    public void A_decommissioned_board_stays_decommissioned()
    {
        Assert.Equal(Conformity.Decommissioned, Appraise(Facts(Current.Measured) with { IsDecommissioned = true, HasIdentityConflict = true }).Conformity);
    }

    [Fact]
    public void A_second_manifest_with_the_same_digests_takes_no_coverage_away()
    {
        ReferenceBuild copy = Current with { Id = "copy", Certificates = [] };

        Verdict verdict = Appraiser.Appraise(Board, Facts(Current.Measured), new ManufacturerReference([Current, copy]), AppraisalPolicy.Default, Now);

        Assert.Equal((Conformity.Conformant, Current.Id), (verdict.Conformity, verdict.Build));
    }

    [Theory]
    [InlineData(3UL, Drift.None)]
    [InlineData(4UL, Drift.Rollback)]
    public void A_build_below_the_minimum_of_its_class_is_a_rollback_for_every_board(ulong minimum, Drift expected)
    {
        ManufacturerReference raised = new([Older, Current, Uncertified, OfLamp], new Dictionary<Guid, ulong> { [Thermostat] = minimum });

        Verdict verdict = Appraiser.Appraise(Board, Facts(Current.Measured), raised, AppraisalPolicy.Default, Now);

        Assert.Equal(expected, verdict.Drift);
        Assert.Equal(expected == Drift.None ? Conformity.Conformant : Conformity.Drifted, verdict.Conformity);
    }

    [Fact]
    public void The_minimum_of_one_class_says_nothing_about_another()
    {
        ManufacturerReference raised = new([Older, Current, OfLamp], new Dictionary<Guid, ulong> { [Lamp] = 99 });

        Assert.Equal(Conformity.Conformant, Appraiser.Appraise(Board, Facts(Current.Measured), raised, AppraisalPolicy.Default, Now).Conformity);
    }

    [Fact]
    public void The_same_assemblies_in_a_layout_that_nobody_certified_are_residue()
    {
        ReferenceBuild certified = Current with { AssembliesHash = "a" };
        ReferenceBuild layout = Uncertified with { AssembliesHash = "a", Measured = With(Current.Measured, "deployment", "another order") };

        Verdict residue = Verdict(layout, certified);
        Verdict otherAssemblies = Verdict(layout with { AssembliesHash = "b" }, certified);
        Verdict otherRuntime = Verdict(layout with { Measured = With(layout.Measured, "clr", "another") }, certified);
        Verdict lapsed = Verdict(layout, certified with { Certificates = [] });
        Verdict coveredToo = Verdict(layout with { Certificates = Current.Certificates }, certified);

        Assert.Equal((Conformity.Drifted, Drift.RegionResidue | Drift.UncertifiedUpdate), (residue.Conformity, residue.Drift));
        Assert.Contains("Erase the deployment region", residue.NextStep, StringComparison.Ordinal);
        Assert.All([otherAssemblies, otherRuntime, lapsed], verdict => Assert.Equal((Conformity.PendingCoverage, Drift.UncertifiedUpdate), (verdict.Conformity, verdict.Drift)));
        Assert.Equal(Conformity.Conformant, coveredToo.Conformity);

        static Verdict Verdict(ReferenceBuild runs, ReferenceBuild other) =>
            Appraiser.Appraise(Board, Facts(runs.Measured), new ManufacturerReference([other, runs]), AppraisalPolicy.Default, Now);
    }

    [Fact]
    public void Every_verdict_but_a_good_one_names_who_must_act_and_how()
    {
        foreach (Drift drift in Enum.GetValues<Drift>().Where(drift => drift != Drift.None))
        {
            Assert.Equal(drift.ToString(), NextSteps.For(Conformity.Drifted, StepCauses.Of(drift)).Code.ToString());
            Assert.NotEmpty(NextSteps.For(Conformity.Drifted, StepCauses.Of(drift)).Responsible);
        }
    }

    private static Verdict Appraise(DeviceFacts facts) => Appraiser.Appraise(Board, facts, Reference, AppraisalPolicy.Default, Now);

    private static DeviceFacts Facts(MeasuredSet measured, ReferenceBuild? last = null) => DeviceFacts.New with { AsOf = Now, Measured = measured, LastBuild = last?.Id };

    private static CoveringCertificate Certificate(string id) => new(id, "demo", "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Now.AddDays(-30), Now.AddDays(300));

    private static ReferenceBuild Build(string version, ulong securityVersion, Guid classId, params ImmutableArray<CoveringCertificate> certificates) => new(
        $"build-{version}", classId, "acme", version, securityVersion, new MeasuredSet([Component("bootloader", version), Component("clr", version), Component("deployment", version)]), certificates);

    private static MeasuredComponent Component(string name, string content) => new(name, SHA256.HashData(Encoding.UTF8.GetBytes(name + content)));

    private static MeasuredSet With(MeasuredSet set, string name, string content) =>
        new([.. set.Components.Where(component => component.Name != name), Component(name, content)]);
}
