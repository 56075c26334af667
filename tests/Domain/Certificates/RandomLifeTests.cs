using FsCheck;
using FsCheck.Fluent;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;
using static IotAttest.Domain.Tests.Certificates.Lives;

namespace IotAttest.Domain.Tests.Certificates;

/// <summary>Random decisions at random times: the states, the history and the past stay what they are.</summary>
public sealed class RandomLifeTests
{
    private static readonly CertificateStatus[] Final = [CertificateStatus.Withdrawn, CertificateStatus.Revoked];

    private static readonly Gen<Step> Steps =
        from kind in Gen.Elements(Enum.GetValues<DecisionKind>())
        from days in Gen.Choose(-5, 80)
        from end in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(-10, 400).Select(value => (int?)value))
        from hasActions in Gen.Elements(false, true)
        from areVerified in Gen.Elements(false, true)
        from isConfirmed in Gen.Elements(false, true)
        select new Step(kind, days, end, hasActions, areVerified, isConfirmed);

    private static readonly Arbitrary<Plan> Plans = Arb.From(
        from isThirdParty in Gen.Elements(false, true)
        from steps in Gen.ListOf(Steps)
        select new Plan(isThirdParty, [.. steps]));

    [Fact]
    public void Random_decisions_never_leave_the_states_and_only_ever_add_to_the_history() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Plans, Holds));

    private static bool Holds(Plan plan)
    {
        CertificateLife life = New(plan.IsThirdParty ? ThirdParty : Rules);
        DateTimeOffset now = Issued;
        foreach (Step step in plan.Steps)
        {
            now = now.AddDays(step.Days);
            CertificateStanding before = life.At(Later(now, life.History[^1].At));
            if (life.TryDecide(step.At(now), "demo-cb", step.IsConfirmed, now, out CertificateLife? next, out DecisionRefusal? refusal))
            {
                AssertTaken(life, next, before, step);
                life = next;
            }
            else
            {
                Assert.True(refusal.Seen.Length > 0 && refusal.Expected.Length > 0 && refusal.Do.Length > 0);
            }
        }

        return true;
    }

    private static void AssertTaken(CertificateLife life, CertificateLife next, CertificateStanding before, Step step)
    {
        Assert.True(life.History.SequenceEqual(next.History.RemoveAt(next.History.Length - 1)));
        CertificateEvent added = next.History[^1];
        Assert.True(added.At >= life.History[^1].At);
        Assert.NotEqual(CertificateStatus.Expired, added.Status);
        Assert.True(Enum.IsDefined(added.Status));
        Assert.NotNull(before.Status);
        Assert.DoesNotContain(before.Status.Value, Final);
        Assert.NotEqual(CertificateStatus.Expired, before.Status);
        Assert.True(step.IsConfirmed || !SecondPerson.IsNeeded(step.Kind, life.Rules));
        Assert.Equal(added.Status == CertificateStatus.Suspended, added.Until is not null);
        foreach (CertificateEvent past in life.History.Where(past => past.At < added.At))
        {
            CertificateStanding then = life.At(past.At);
            CertificateStanding now = next.At(past.At);
            Assert.Equal((then.Status, then.IsInForce, then.Since, then.Suspension?.Until), (now.Status, now.IsInForce, now.Since, now.Suspension?.Until));
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record Plan(bool IsThirdParty, IReadOnlyList<Step> Steps)
    {
        public override string ToString() => $"third party {IsThirdParty}: {string.Join("; ", Steps)}";
    }

    private sealed record Step(DecisionKind Kind, int Days, int? End, bool HasActions, bool AreVerified, bool IsConfirmed)
    {
        public ProposedDecision At(DateTimeOffset now) => new(Kind, "because")
        {
            Until = End is { } days ? now.AddDays(days) : null,
            RequestedActions = HasActions ? ["mend it"] : [],
            AreActionsVerified = AreVerified,
            SupersededBy = Kind == DecisionKind.Supersede ? "NEXT" : null,
        };
    }
}
