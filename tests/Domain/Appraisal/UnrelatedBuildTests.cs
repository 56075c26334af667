using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Appraisal;

/// <summary>Random registries and boards: what other products are submitted, and what else is submitted for the same product, changes nothing.</summary>
public sealed class UnrelatedBuildTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Classes = [new("11111111-1111-4111-8111-111111111111"), new("22222222-2222-4222-8222-222222222222"), new("33333333-3333-4333-8333-333333333333")];
    private static readonly string[] Names = ["bootloader", "clr", "config", "deployment"];

    // Few contents, so that builds share components, mix and repeat often.
    private static readonly Gen<int[]> Contents =
        from count in Gen.Choose(1, Names.Length)
        from contents in Gen.ArrayOf(Gen.Choose(0, 3), count)
        select contents;

    private static readonly Gen<Plan> Builds =
        from productClass in Gen.Choose(0, 1)
        from contents in Contents
        from securityVersion in Gen.Choose(0, 4)
        from certificate in Gen.Choose(0, 3)
        from grace in Gen.Choose(-2, 2)
        select new Plan(productClass, contents, securityVersion, certificate, grace);

    private static readonly Arbitrary<Case> Cases = Arb.From(
        from builds in Gen.ListOf(Builds)
        from added in Builds
        from measured in Contents
        from highest in Gen.Choose(0, 4)
        from minimum in Gen.Choose(0, 3)
        from hasConflict in Gen.Elements(false, false, false, true)
        select new Case([.. builds], added, measured, highest, minimum, hasConflict));

    [Fact]
    public void A_build_of_another_product_changes_no_part_of_a_verdict() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Cases, test => Appraise(test, null) == Appraise(test, test.Added with { Class = 2, Contents = [.. test.Added.Contents.Select(content => content + 10)] })));

    [Fact]
    public void Another_build_of_the_same_product_changes_nothing_for_boards_on_a_known_build() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Cases, test =>
        {
            Case known = test with { Measured = test.Builds.FirstOrDefault(build => build.Class == 0)?.Contents ?? test.Measured };
            Plan other = test.Added with { Class = 0, Contents = [.. test.Added.Contents.Select(content => content + 10)] };
            return !test.Builds.Any(build => build.Class == 0) || Appraise(known, null) == Appraise(known, other);
        }));

    [Fact]
    public void A_reference_that_grew_by_one_build_is_the_one_made_from_all() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Cases, test =>
        {
            Plan added = test.Added with { Certificate = 0 };
            return Appraise(test, added) == Appraise(test, added, byGrowth: true);
        }));

    [Fact]
    public void Appraisal_gives_the_same_answer_twice() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Cases, test => Appraise(test, test.Added) == Appraise(test, test.Added)));

    private static string Appraise(Case test, Plan? added, bool byGrowth = false)
    {
        Plan[] plans = added is null ? test.Builds : [.. test.Builds, added];
        ReferenceBuild[] builds = [.. plans.Select(BuildOf)];
        ManufacturerReference reference = byGrowth
            ? new ManufacturerReference(builds[..^1]).With(builds[^1]).WithMinimum(Classes[0], (ulong)test.Minimum)
            : new ManufacturerReference(builds, new Dictionary<Guid, ulong> { [Classes[0]] = (ulong)test.Minimum });
        DeviceIdentity board = new("01" + new string('a', 32), 1, DeviceKeyKind.P256, OemId.OfNumber(32473), Classes[0], EvidenceStrength.Native, FreshnessMode.Challenge, "acme");
        DeviceFacts facts = DeviceFacts.New with { AsOf = Now, Measured = SetOf(test.Measured), HighestSecurityVersion = (ulong)test.Highest, HasIdentityConflict = test.HasConflict };
        Verdict verdict = Appraiser.Appraise(board, facts, reference, AppraisalPolicy.Default, Now);
        return string.Join('|', verdict.Conformity, verdict.Drift, verdict.Build, string.Join(',', verdict.Certificates), verdict.Vector, verdict.NextStep, verdict.Responsible, verdict.ExpiresAt, string.Join(',', verdict.Components));
    }

    private static ReferenceBuild BuildOf(Plan plan, int index)
    {
        CoveringCertificate[] certificates = plan.Certificate == 0
            ? []
            : [new($"C-{index}", "demo", "substantial", EvidenceStrength.Native, (CertificateStatus)plan.Certificate, Now.AddDays(-30), Now.AddDays(300))];
        DateTimeOffset? acceptedUntil = plan.Grace == 0 ? null : Now.AddDays(plan.Grace);
        return new ReferenceBuild($"build-{index}", Classes[plan.Class], "acme", "1", (ulong)plan.SecurityVersion, SetOf(plan.Contents), [.. certificates], acceptedUntil);
    }

    private static MeasuredSet SetOf(int[] contents) => new(contents.Select((content, index) => new MeasuredComponent(Names[index], SHA256.HashData([(byte)index, (byte)content]))));

    private sealed record Plan(int Class, int[] Contents, int SecurityVersion, int Certificate, int Grace);

    private sealed record Case(Plan[] Builds, Plan Added, int[] Measured, int Highest, int Minimum, bool HasConflict);
}
