using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Domain.Results;

namespace IotAttest.Domain.Tests.Appraisal;

/// <summary>Random boards, registries, policies and times.</summary>
/// <remarks>Certificates begin before the first moment: one whose first day is still to come is a decision that takes effect later, and may well help a board.</remarks>
public sealed class AppraisalPropertyTests
{
    private const int Tests = 3000;

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Thermostat = new("11111111-1111-4111-8111-111111111111");
    private static readonly string[] Names = ["bootloader", "clr", "config", "deployment"];

    private static readonly Gen<Certificate> Certificates =
        from level in Gen.Elements("basic", "substantial", "high", "unknown")
        from status in Gen.Elements(Enum.GetValues<CertificateStatus>())
        from until in Gen.Choose(-200, 1500)
        from patch in Gen.Elements(PatchPolicy.None, PatchPolicy.None, PatchPolicy.Open, PatchPolicy.Assessed(1))
        from age in Gen.Elements<int?>(null, 60, 300)
        select new Certificate(level, status, until, patch, age);

    private static readonly Gen<Plan> Builds =
        from ofClass in Gen.Elements(true, true, true, false)
        from contents in Gen.ArrayOf(Gen.Choose(0, 2), Names.Length)
        from securityVersion in Gen.Choose(0, 3)
        from certificates in Gen.ListOf(Certificates, 2)
        from certified in Gen.Choose(0, 2)
        from accepted in Gen.Elements<int?>(null, null, null, -5, 400)
        from submitted in Gen.Choose(-86_500, -85_500)
        from affected in Gen.Elements(false, false, true)
        from assemblies in Gen.Elements<string?>(null, "a", "b")
        select new Plan(ofClass, contents, securityVersion, [.. certificates.Take(certified)], accepted, submitted, affected, assemblies);

    private static readonly Arbitrary<Case> Cases = Arb.From(
        from builds in Gen.ListOf(Builds)
        from measured in Gen.ArrayOf(Gen.Choose(0, 2), Names.Length)
        from known in Gen.Choose(0, 5)
        from strength in Gen.Elements(Enum.GetValues<EvidenceStrength>())
        from secureBoot in Gen.Elements<bool?>(null, true, true, false)
        from debug in Gen.Elements<int?>(null, 0, 3, 3)
        from marks in Gen.Choose(0, 31)
        from support in Gen.Elements<int?>(null, -10, 300, 900)
        from first in Gen.Choose(0, 1000)
        from later in Gen.Choose(0, 1000)
        select new Case([.. builds], measured, known, strength, secureBoot, debug, marks, support, first, later));

    private static readonly Arbitrary<(Happening What, int Amount)[]> Happenings = Arb.From(Gen.ArrayOf(
        from what in Gen.Elements(Enum.GetValues<Happening>())
        from amount in Gen.Choose(0, 400)
        select (what, amount)));

    private enum Happening
    {
        TimePasses,
        Advisory,
        MinimumIsRaised,
        OtherProduct,
        ComponentLapses,
    }

    [Fact]
    public void Appraisal_is_deterministic_and_total() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(Cases, test =>
    {
        Verdict verdict = test.At(test.First);

        Assert.Equal(Convert.ToHexString(VerdictDigest.Of(verdict)), Convert.ToHexString(VerdictDigest.Of(test.At(test.First))));
        Assert.True(Enum.IsDefined(verdict.Conformity) && Enum.IsDefined(verdict.Guidance.Code));
        Assert.NotEmpty(verdict.NextStep);
        Assert.Equal(verdict.Responsible.Length == 0, verdict.Guidance.Code == StepCode.NothingToDo);
        Assert.Contains(verdict.Vector.Status, new[] { 0, 2, 32, 96 });
        Assert.Equal(Conditions.None, verdict.Conditions & ~verdict.Conditions.Beside(verdict.Conformity));
        return verdict.Policies.Length > 0;
    }));

    [Fact]
    public void Time_alone_never_improves_a_board() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(Cases, test =>
        test.At(test.First + test.Later).Conformity <= test.At(test.First).Conformity));

    [Fact]
    public void An_advisory_a_higher_minimum_and_an_earlier_end_of_support_never_improve_a_board() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(Cases, test =>
    {
        ManufacturerReference reference = test.Reference();
        Conformity before = test.At(test.First, reference).Conformity;
        ManufacturerReference affected = reference.WithAdvisories(test.Builds.Select((_, index) => index).ToDictionary(index => $"build-{index}", _ => System.Collections.Immutable.ImmutableArray.Create("A-1")));

        return test.At(test.First, affected).Conformity <= before
            && test.At(test.First, reference.WithMinimum(Thermostat, 9)).Conformity <= before
            && test.At(test.First, reference.WithSupport(Thermostat, Start.AddDays(-1))).Conformity <= before;
    }));

    /// <summary>Any mixture of what is neither evidence, a decision in its favour nor a manifest of its manufacturer: time, advisories, a higher minimum, other products, certificates of components that end.</summary>
    [Fact]
    public void Without_evidence_a_decision_or_a_manifest_no_sequence_of_events_ever_improves_a_board() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(Cases, Happenings, (test, happenings) =>
    {
        int seconds = test.First;
        int minimum = 0;
        int others = 0;
        ManufacturerReference reference = test.Reference();
        HashSet<int> affected = [.. test.Builds.Index().Where(build => build.Item.IsAffected).Select(build => build.Index)];
        Conformity before = test.At(seconds, reference).Conformity;
        foreach ((Happening what, int amount) in happenings)
        {
            switch (what)
            {
                case Happening.TimePasses: seconds += amount; break;
                case Happening.MinimumIsRaised: reference = reference.WithMinimum(Thermostat, (ulong)(minimum = Math.Max(minimum, amount % 5))); break;
                case Happening.OtherProduct: reference = reference.With(new ReferenceBuild($"other-{others++}", Guid.Empty, "acme", "1", 9, SetOf([7, 7, 7, 7]), [], null)); break;
                case Happening.ComponentLapses: reference = reference.WithComponents(Thermostat, amount % 2 == 0 ? null : $"build-{amount % 4}", Start.AddSeconds(amount)); break;
                default:
                    affected.Add(amount % 4);
                    reference = reference.WithAdvisories(affected.ToDictionary(index => $"build-{index}", _ => System.Collections.Immutable.ImmutableArray.Create("A-1")));
                    break;
            }

            Conformity after = test.At(seconds, reference).Conformity;
            if (after > before)
            {
                return false;
            }

            before = after;
        }

        return true;
    }));

    [Fact]
    public void An_extract_gives_the_verdict_that_the_reference_values_gave() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(Cases, test =>
    {
        DateTimeOffset now = Start.AddSeconds(test.First);
        ReferenceExtract taken = ReferenceExtract.Of(test.Device, test.Facts, test.Reference(), now);
        ReferenceExtract kept = new(taken.Match, taken.PatchedCertificates, taken.LayoutCertificates)
        {
            HasUncoveredSets = taken.HasUncoveredSets,
            MinimumSecurityVersion = taken.MinimumSecurityVersion,
            SupportUntil = taken.SupportUntil,
            ComponentsUntil = taken.ComponentsUntil,
            Compared = taken.Compared,
        };

        return VerdictDigest.Of(Appraiser.Appraise(test.Device, test.Facts, kept, test.Policy, now)).SequenceEqual(VerdictDigest.Of(test.At(test.First)));
    }));

    private static MeasuredSet SetOf(int[] contents) => new(contents.Select((content, index) => new MeasuredComponent(Names[index], SHA256.HashData([(byte)index, (byte)content]))));

    private sealed record Certificate(string Level, CertificateStatus Status, int UntilSeconds, PatchPolicy Patch, int? AgeSeconds)
    {
        public CoveringCertificate Make(string id) => new(id, "demo", Level, EvidenceStrength.Native, Status, Start.AddDays(-30), Start.AddSeconds(UntilSeconds))
        {
            PatchPolicy = Patch,
            CountsUntil = Status == CertificateStatus.Superseded ? Start.AddSeconds(UntilSeconds / 2) : null,
            MaximumEvidenceAge = AgeSeconds is { } age ? TimeSpan.FromSeconds(age) : null,
        };
    }

    private sealed record Plan(bool OfClass, int[] Contents, int SecurityVersion, Certificate[] Certificates, int? AcceptedSeconds, int SubmittedSeconds, bool IsAffected, string? Assemblies)
    {
        public ReferenceBuild Make(int index) => new(
            $"build-{index}",
            OfClass ? Thermostat : Guid.Empty,
            "acme",
            "1",
            (ulong)SecurityVersion,
            SetOf(Contents),
            [.. Certificates.Select((certificate, at) => certificate.Make($"C-{index}-{at}"))],
            AcceptedSeconds is { } accepted ? Start.AddSeconds(accepted) : null)
        {
            SubmittedAt = Start.AddSeconds(SubmittedSeconds),
            Advisories = IsAffected ? ["A-1"] : [],
            AssembliesHash = Assemblies,
        };
    }

    private sealed record Case(Plan[] Builds, int[] Contents, int Known, EvidenceStrength Strength, bool? SecureBoot, int? Debug, int Marks, int? SupportSeconds, int First, int Later)
    {
        public DeviceIdentity Device => new("01" + new string('a', 32), 1, (Marks & 16) == 0 ? DeviceKeyKind.P256 : DeviceKeyKind.Hmac, OemId.OfNumber(32473), Thermostat, Strength, FreshnessMode.Challenge, "acme");

        // Most boards run a build that there is, so that more than the unknown is tried.
        public DeviceFacts Facts => DeviceFacts.New with
        {
            AsOf = (Marks & 15) == 15 ? null : Start,
            Measured = SetOf(Known < Builds.Length ? Builds[Known].Contents : Contents),
            BootFacts = new BootFacts(SecureBoot, Debug),
            HasIdentityConflict = (Marks & 7) == 7,
            HasClaimMismatch = (Marks & 6) == 6,
            HighestSecurityVersion = (Marks & 8) == 8 ? 2UL : 0,
        };

        public AppraisalPolicy Policy => AppraisalPolicy.Default with { Book = (Marks & 1) == 0 ? PolicyBook.Empty : ShippedPolicies.Book };

        public ManufacturerReference Reference() => new(
            [.. Builds.Select((plan, index) => plan.Make(index))], null, SupportSeconds is { } support ? new Dictionary<Guid, DateTimeOffset> { [Thermostat] = Start.AddSeconds(support) } : null,
            (Marks & 3) == 0 ? new Dictionary<(Guid, string?), DateTimeOffset> { [(Thermostat, Known % 2 == 0 ? null : $"build-{Known}")] = Start.AddSeconds(First) } : null);

        public Verdict At(int seconds, ManufacturerReference? reference = null) => Appraiser.Appraise(Device, Facts, reference ?? Reference(), Policy, Start.AddSeconds(seconds));
    }
}
