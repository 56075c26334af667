using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.Tests.Evidence;

namespace IotAttest.Domain.Tests.Policies;

/// <summary>Every shipped policy against evidence as boards sent it: the vectors of this project, byte for byte (lessons.md section 2, 12).</summary>
public sealed class RecordedEvidenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A stock board, a native one without boot facts, one whose chip says secure boot on and debug port closed, and one that says secure boot off.</summary>
    private static readonly (string Vector, string Key)[] Boards = [("mac0-inventory", "hmac"), ("mac0-four", "hmac"), ("sign1-four-all-optional", "p256"), ("sign1-four-worst-counters", "p256")];

    public static IEnumerable<object[]> Levels => SchemeCatalogue.Default.Schemes.SelectMany(scheme => scheme.Levels.Select(level => new object[] { scheme.Id, level.Code }));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Recorded_evidence_has_the_verdict_that_the_policy_of_the_level_asks_for(string scheme, string level)
    {
        (Conformity Inventory, Conformity NoFacts, Conformity Closed, Conformity HardwareNoFacts, Conformity HardwareClosed) expected = (scheme, level) switch
        {
            ("demo", "basic") => (Conformity.Conformant, Conformity.Conformant, Conformity.Conformant, Conformity.Conformant, Conformity.Conformant),
            ("demo", "high") => (Conformity.PendingCoverage, Conformity.PendingCoverage, Conformity.PendingCoverage, Conformity.PendingCoverage, Conformity.Conformant),
            _ => (Conformity.PendingCoverage, Conformity.Conformant, Conformity.Conformant, Conformity.Conformant, Conformity.Conformant),
        };

        Assert.Equal(expected.Inventory, Appraise(Boards[0], EvidenceStrength.SelfReported, scheme, level).Conformity);
        Assert.Equal(expected.NoFacts, Appraise(Boards[1], EvidenceStrength.Native, scheme, level).Conformity);
        Assert.Equal(expected.Closed, Appraise(Boards[2], EvidenceStrength.Native, scheme, level).Conformity);
        Assert.Equal(expected.HardwareNoFacts, Appraise(Boards[1], EvidenceStrength.HardwareRooted, scheme, level).Conformity);
        Assert.Equal(expected.HardwareClosed, Appraise(Boards[2], EvidenceStrength.HardwareRooted, scheme, level).Conformity);
        Assert.Equal(Conformity.Compromised, Appraise(Boards[3], EvidenceStrength.HardwareRooted, scheme, level).Conformity);
    }

    [Theory]
    [InlineData("mac0-four", "hmac", EvidenceStrength.Native, StepCode.StrengthTooLow, "asks for hardware-rooted evidence, the board gives native.")]
    [InlineData("mac0-four", "hmac", EvidenceStrength.HardwareRooted, StepCode.SecureBootNotShown, "asks for secure boot, and the board does not report it as on.")]
    public void The_next_step_says_which_requirement_fails_and_of_which_policy(string vector, string key, EvidenceStrength strength, StepCode code, string text)
    {
        Verdict verdict = Appraise((vector, key), strength, "demo", "high");

        Assert.Equal((code, Conditions.RequirementNotMet), (verdict.Guidance.Code, verdict.Conditions));
        Assert.EndsWith($"policy urn:iotattest:policy:demo.high:v1 {text}", verdict.NextStep, StringComparison.Ordinal);
        Assert.Equal(["urn:iotattest:policy:default:v1", "urn:iotattest:policy:demo.high:v1"], verdict.Policies.ToArray());
    }

    [Fact]
    public void An_algorithm_that_a_policy_does_not_allow_is_named()
    {
        EvidencePolicy strict = ShippedPolicies.Book.Find("demo", "substantial")! with { Version = 2, AllowedAlgorithms = EvidenceAlgorithms.Es256 };

        Verdict mac = Appraise(Boards[1], EvidenceStrength.Native, "demo", "substantial", ShippedPolicies.Book.With(strict));
        Verdict signed = Appraise(Boards[2], EvidenceStrength.Native, "demo", "substantial", ShippedPolicies.Book.With(strict));

        Assert.Equal((Conformity.PendingCoverage, StepCode.AlgorithmNotAllowed), (mac.Conformity, mac.Guidance.Code));
        Assert.EndsWith("allows ES256, the key of the board makes HMAC256.", mac.NextStep, StringComparison.Ordinal);
        Assert.Equal(Conformity.Conformant, signed.Conformity);
    }

    [Fact]
    public void The_policy_of_every_board_holds_beside_that_of_the_level()
    {
        EvidencePolicy general = ShippedPolicies.Book.General with { Version = 2, RequiredBootFacts = BootRequirements.DebugDisabled };

        Verdict open = Appraise(Boards[1], EvidenceStrength.Native, "demo", "basic", ShippedPolicies.Book.With(general));

        Assert.Equal((Conformity.PendingCoverage, StepCode.DebugNotClosed), (open.Conformity, open.Guidance.Code));
        Assert.Equal(Conformity.Conformant, Appraise(Boards[2], EvidenceStrength.Native, "demo", "basic", ShippedPolicies.Book.With(general)).Conformity);
    }

    [Theory]
    [InlineData(60_000, Conformity.Conformant)]
    [InlineData(60_001, Conformity.Stale)]
    public void A_level_may_ask_for_younger_evidence(int ageMs, Conformity expected)
    {
        EvidencePolicy young = ShippedPolicies.Book.Find("demo", "basic")! with { Version = 2, MaximumEvidenceAge = TimeSpan.FromMinutes(1) };

        Assert.Equal(expected, Appraise(Boards[1], EvidenceStrength.Native, "demo", "basic", ShippedPolicies.Book.With(young), ageMs).Conformity);
    }

    private static Verdict Appraise((string Vector, string Key) board, EvidenceStrength strength, string scheme, string level, PolicyBook? book = null, int ageMs = 0)
    {
        Assert.Null(EvidenceCheck.Decode(EvidenceVectors.Bytes(board.Vector), out _, out DecodedClaims? claims));
        DeviceIdentity device = EvidenceVectors.Device(board.Key, new EvidenceVectors.DecodedOwner(claims!.OemId, claims.ClassId, strength));
        CoveringCertificate certificate = new("C-1", scheme, level, EvidenceStrength.HardwareRooted, CertificateStatus.Certified, Now.AddDays(-1), Now.AddDays(1));
        ManufacturerReference reference = new([new ReferenceBuild("build-1", claims.ClassId, "acme", "1.2.0", 1, claims.Measured, [certificate])]);
        DeviceFacts facts = DeviceFacts.New with { AsOf = Now, Measured = claims.Measured, BootFacts = claims.BootFacts };
        return Appraiser.Appraise(device, facts, reference, AppraisalPolicy.Default with { Book = book ?? ShippedPolicies.Book }, Now.AddMilliseconds(ageMs));
    }
}
