using System.Collections.Immutable;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.ReferenceValues;

/// <summary>Random sequences of submissions, certificates, decisions, supersessions, minimums, ends of support and advisories: reference values that followed
/// each change answer like those made from scratch at the end.</summary>
public sealed class IncrementalReferenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Classes = [new("11111111-1111-4111-8111-111111111111"), new("22222222-2222-4222-8222-222222222222")];
    private static readonly string[] Names = ["bootloader", "clr", "config", "deployment"];

    private static readonly Gen<int[]> Contents =
        from count in Gen.Choose(1, Names.Length)
        from contents in Gen.ArrayOf(Gen.Choose(0, 2), count)
        select contents;

    private static readonly Gen<Step> Steps =
        from kind in Gen.Elements(Kind.Submit, Kind.Submit, Kind.Submit, Kind.Certify, Kind.Certify, Kind.Decide, Kind.Supersede, Kind.Retire, Kind.Minimum, Kind.Support, Kind.Advisories)
        from product in Gen.Choose(0, 1)
        from contents in Contents
        from number in Gen.Choose(0, 50)
        from other in Gen.Choose(0, 4)
        select new Step(kind, product, contents, number, other);

    [Fact]
    public void Reference_values_that_followed_every_change_answer_like_those_made_from_scratch() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60),
        Prop.ForAll(Arb.From(from steps in Gen.ListOf(Steps) from measured in Gen.ArrayOf(Contents, 6) select (steps, measured)), test =>
        {
            State state = test.steps.Aggregate(State.Empty, Apply);

            string expected = Answers(state.FromScratch(), state, test.measured);

            return Answers(state.Followed, state, test.measured) == expected;
        }));

    [Fact]
    public void What_is_signed_never_changes()
    {
        ReferenceBuild build = Build(0, 0, [1, 2], 1);
        ManufacturerReference reference = new([build]);

        Assert.Throws<ArgumentException>(() => reference.WithChanged(build with { Id = "another" }));
        Assert.Throws<ArgumentException>(() => reference.WithChanged(build with { ClassId = Classes[1] }));
        Assert.Throws<ArgumentException>(() => reference.WithChanged(build with { Measured = Set([1, 1]) }));
        Assert.Throws<ArgumentException>(() => reference.WithChanged(build with { AssembliesHash = "another" }));
    }

    [Fact]
    public void Earlier_snapshots_stay_as_they_were()
    {
        ReferenceBuild build = Build(0, 0, [1, 2], 1);
        ManufacturerReference before = new([build]);

        ManufacturerReference after = before.WithChanged(build with { Certificates = [Certificate(1, PatchPolicyKind.Open)] }).With(Build(1, 0, [2, 2], 2));

        Assert.Empty(before.Find(build.Id)!.Certificates);
        Assert.Empty(before.PatchedBy(Build(1, 0, [2, 2], 2)));
        Assert.Equal((1, 2), (before.BuildsOf(Classes[0]).Length, after.BuildsOf(Classes[0]).Length));
        Assert.Single(after.PatchedBy(Build(1, 0, [2, 2], 2)));
    }

    private static State Apply(State state, Step step)
    {
        if (step.Kind == Kind.Submit)
        {
            ReferenceBuild added = Build(state.Builds.Count, step.Class, step.Contents, step.Other);
            return state with { Builds = state.Builds.Add(added), Followed = state.Followed.With(added) };
        }

        if (step.Kind is Kind.Minimum)
        {
            return state with { Minimums = state.Minimums.SetItem(Classes[step.Class], (ulong)step.Number), Followed = state.Followed.WithMinimum(Classes[step.Class], (ulong)step.Number) };
        }

        if (step.Kind is Kind.Support)
        {
            DateTimeOffset until = Now.AddDays(step.Number - 25);
            return state with { Supports = state.Supports.SetItem(Classes[step.Class], until), Followed = state.Followed.WithSupport(Classes[step.Class], until) };
        }

        return state.Builds.IsEmpty ? state : Change(state, step, step.Number % state.Builds.Count);
    }

    private static State Change(State state, Step step, int index)
    {
        ReferenceBuild build = state.Builds[index];
        if (step.Kind == Kind.Advisories)
        {
            ImmutableDictionary<string, ImmutableArray<string>> advisories = state.Advisories.SetItem(build.Id, [.. Enumerable.Range(0, step.Other).Select(number => $"A-{number}")]);
            return state with { Advisories = advisories, Followed = state.Followed.WithAdvisories(advisories) };
        }

        ReferenceBuild changed = step.Kind switch
        {
            Kind.Certify => build with { Certificates = build.Certificates.Add(Certificate(build.Certificates.Length, (PatchPolicyKind)(step.Other % 3))) },
            Kind.Decide => build with { Certificates = [.. build.Certificates.Select(certificate => certificate with { Status = (CertificateStatus)(1 + step.Other) })] },
            Kind.Supersede => build with { AcceptedUntil = Now.AddDays(step.Other - 2) },
            _ => build with { RetiredAt = Now, AcceptedUntil = Now },
        };
        return state with { Builds = state.Builds.SetItem(index, changed), Followed = state.Followed.WithChanged(changed) };
    }

    // Everything that appraisal asks.
    private static string Answers(ManufacturerReference reference, State state, int[][] measured)
    {
        IEnumerable<MeasuredSet> sets = measured.Select(Set).Concat(state.Builds.Select(build => build.Measured));
        IEnumerable<string> byClass =
            from product in Classes
            from set in sets
            let match = reference.Match(product, set)
            select string.Join('|', Text(match.Build), match.Drift, match.HasReference, reference.Covers(product, set.Hash));
        IEnumerable<string> byBuild = state.Builds.Select(build => string.Join('|', Text(reference.Find(build.Id)), Ids(reference.PatchedBy(build)), Ids(reference.OtherLayoutsOf(build))));
        IEnumerable<string> classes = Classes.Select(product => string.Join('|', Ids(reference.BuildsOf(product)), reference.LatestOf(product)?.Id, reference.MinimumSecurityVersionOf(product), reference.SupportUntilOf(product)));
        return string.Join('\n', [.. byClass, .. byBuild, .. classes, $"{reference.Count}"]);
    }

    private static string Ids(IEnumerable<ReferenceBuild> builds) => string.Join(',', builds.Select(build => build.Id));

    private static string Text(ReferenceBuild? build) => build is null
        ? "-"
        : string.Join(';', build.Id, build.AcceptedUntil, build.RetiredAt, string.Join(',', build.Certificates.Select(certificate => $"{certificate.Id} {certificate.Status}")), string.Join(',', build.Advisories));

    private static ReferenceBuild Build(int index, int product, int[] contents, int securityVersion) =>
        new($"build-{index}", Classes[product], "acme", "1", (ulong)securityVersion, Set(contents), [])
        {
            // Builds with the same parts but the deployment share their assemblies; every third build has none that are known.
            AssembliesHash = index % 3 == 0 ? null : string.Join('-', contents[..^1]),
        };

    private static CoveringCertificate Certificate(int number, PatchPolicyKind policy) =>
        new($"C-{number}", "demo", "substantial", EvidenceStrength.Native, CertificateStatus.Certified, Now.AddDays(-30), Now.AddDays(300))
        {
            PatchPolicy = policy switch
            {
                PatchPolicyKind.None => PatchPolicy.None,
                PatchPolicyKind.Open => PatchPolicy.Open,
                _ => PatchPolicy.Assessed(30),
            },
        };

    private static MeasuredSet Set(int[] contents) => new(contents.Select((content, index) => new MeasuredComponent(Names[index], SHA256.HashData([(byte)index, (byte)content]))));

    private enum Kind
    {
        Submit,
        Certify,
        Decide,
        Supersede,
        Retire,
        Minimum,
        Support,
        Advisories,
    }

    private sealed record Step(Kind Kind, int Class, int[] Contents, int Number, int Other);

    private sealed record State(
        ImmutableList<ReferenceBuild> Builds,
        ImmutableDictionary<Guid, ulong> Minimums,
        ImmutableDictionary<Guid, DateTimeOffset> Supports,
        ImmutableDictionary<string, ImmutableArray<string>> Advisories,
        ManufacturerReference Followed)
    {
        public static State Empty { get; } = new(
            [],
            ImmutableDictionary<Guid, ulong>.Empty,
            ImmutableDictionary<Guid, DateTimeOffset>.Empty,
            ImmutableDictionary<string, ImmutableArray<string>>.Empty,
            ManufacturerReference.Empty);

        public ManufacturerReference FromScratch() => new ManufacturerReference(Builds, Minimums, Supports).WithAdvisories(Advisories);
    }
}
