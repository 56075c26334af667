using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class ApplicationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApplicationRules Plain = new("demo", IsThirdParty: false, TimeSpan.FromDays(90), 60);
    private static readonly ApplicationRules ThirdParty = Plain with { IsThirdParty = true };
    private static readonly Accreditation Accredited = new("L-1", ["demo"], Now.AddDays(30));

    private static readonly HashSet<(ApplicationStatus, ApplicationStep, ApplicationStatus)> Allowed =
    [
        (ApplicationStatus.Applied, ApplicationStep.Evaluate, ApplicationStatus.UnderEvaluation),
        (ApplicationStatus.UnderEvaluation, ApplicationStep.IssueProvisional, ApplicationStatus.Provisional),
        (ApplicationStatus.UnderEvaluation, ApplicationStep.Certify, ApplicationStatus.Certified),
        (ApplicationStatus.UnderEvaluation, ApplicationStep.Refuse, ApplicationStatus.Refused),
        (ApplicationStatus.Provisional, ApplicationStep.Certify, ApplicationStatus.Certified),
        (ApplicationStatus.Provisional, ApplicationStep.Refuse, ApplicationStatus.Refused),
    ];

    public static IEnumerable<object[]> Every =>
        from status in Enum.GetValues<ApplicationStatus>() from step in Enum.GetValues<ApplicationStep>() select new object[] { status, step };

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_pair_of_status_and_step_leads_where_the_table_says_or_is_refused(ApplicationStatus status, ApplicationStep step)
    {
        ApplicationLife life = In(status);

        bool isTaken = life.TryTake(Of(step), "demo-cb", Now, out ApplicationLife? next, out DecisionRefusal? refusal);

        (ApplicationStatus, ApplicationStep, ApplicationStatus)[] expected = [.. Allowed.Where(row => row.Item1 == status && row.Item2 == step)];
        Assert.Equal(expected.Length == 1, isTaken);
        Assert.Equal(isTaken ? null : DecisionRefusalCode.WrongStatus, refusal?.Code);
        Assert.Equal(isTaken ? expected[0].Item3 : null, next?.Status);
        Assert.Equal(isTaken ? life.History.Length + 1 : null, next?.History.Length);
    }

    [Theory]
    [InlineData(ApplicationStatus.Certified)]
    [InlineData(ApplicationStatus.Refused)]
    public void A_final_status_says_that_it_is_final(ApplicationStatus status)
    {
        Assert.False(In(status).TryTake(Of(ApplicationStep.Evaluate), "demo-cb", Now, out _, out DecisionRefusal? refusal));

        Assert.Equal("nothing: this status is final", refusal.Expected);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, DecisionRefusalCode.LaboratoryNotAccredited)]
    public void A_laboratory_is_accredited_until_its_last_moment(int ticks, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, RefusalOf(In(ApplicationStatus.Applied, ThirdParty), Of(ApplicationStep.Evaluate), Accredited.Until.AddTicks(ticks)));

    [Fact]
    public void A_level_that_is_tested_takes_a_laboratory_for_its_scheme_and_one_that_is_named_must_be_one_anyway()
    {
        ProposedStep none = new(ApplicationStep.Evaluate, "");
        ProposedStep unknown = none with { Laboratory = "lab" };
        ProposedStep elsewhere = unknown with { Accreditation = Accredited with { Scope = ["sg-cls"] } };

        Assert.Equal(DecisionRefusalCode.LaboratoryNotAccredited, RefusalOf(In(ApplicationStatus.Applied, ThirdParty), none));
        Assert.Null(RefusalOf(In(ApplicationStatus.Applied), none));
        Assert.All([Plain, ThirdParty], rules => Assert.All([unknown, elsewhere], step => Assert.Equal(DecisionRefusalCode.LaboratoryNotAccredited, RefusalOf(In(ApplicationStatus.Applied, rules), step))));
    }

    [Theory]
    [InlineData(90, 0, null)]
    [InlineData(90, 1, DecisionRefusalCode.ValidityTooLong)]
    public void A_provisional_certificate_lives_no_longer_than_the_scheme_says(int days, int ticks, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, RefusalOf(In(ApplicationStatus.UnderEvaluation), Of(ApplicationStep.IssueProvisional) with { ValidUntil = Now.AddDays(days).AddTicks(ticks) }));

    [Fact]
    public void A_scheme_without_provisional_certificates_gets_none() =>
        Assert.Equal(DecisionRefusalCode.ProvisionalNotAllowed, RefusalOf(In(ApplicationStatus.UnderEvaluation, Plain with { Provisional = null }), Of(ApplicationStep.IssueProvisional)));

    [Theory]
    [InlineData(60, 0, null)]
    [InlineData(60, 1, DecisionRefusalCode.ValidityTooLong)]
    [InlineData(600, 0, DecisionRefusalCode.ValidityTooLong)]
    public void A_certificate_ends_within_the_maximum_of_the_scheme(int months, int ticks, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, RefusalOf(In(ApplicationStatus.UnderEvaluation), Of(ApplicationStep.Certify) with { ValidUntil = Now.AddMonths(months).AddTicks(ticks) }));

    [Fact]
    public void A_scheme_without_a_known_maximum_has_none() =>
        Assert.Null(RefusalOf(In(ApplicationStatus.UnderEvaluation, Plain with { LongestMonths = null }), Of(ApplicationStep.Certify) with { ValidUntil = Now.AddYears(50) }));

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, DecisionRefusalCode.NeedsSecondPerson)]
    [InlineData(true, true, null)]
    public void Two_persons_certify_where_a_laboratory_tests(bool isThirdParty, bool isConfirmed, DecisionRefusalCode? expected) => Assert.All([ApplicationStep.Certify, ApplicationStep.IssueProvisional], step =>
        Assert.Equal(expected, RefusalOf(In(ApplicationStatus.UnderEvaluation, isThirdParty ? ThirdParty : Plain), Of(step) with { IsConfirmed = isConfirmed })));

    [Fact]
    public void One_person_takes_into_evaluation_and_refuses_at_every_level()
    {
        Assert.Null(RefusalOf(In(ApplicationStatus.Applied, ThirdParty), Of(ApplicationStep.Evaluate) with { IsConfirmed = false }));
        Assert.Null(RefusalOf(In(ApplicationStatus.UnderEvaluation, ThirdParty), Of(ApplicationStep.Refuse) with { IsConfirmed = false }));
    }

    [Theory]
    [InlineData("", DecisionRefusalCode.NoReason)]
    [InlineData(" ", DecisionRefusalCode.NoReason)]
    [InlineData("x", null)]
    public void A_refusal_needs_a_reason(string reason, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, RefusalOf(In(ApplicationStatus.UnderEvaluation), new ProposedStep(ApplicationStep.Refuse, reason)));

    [Theory]
    [InlineData(ApplicationStep.Certify)]
    [InlineData(ApplicationStep.Refuse)]
    public void Nothing_is_final_while_a_provisional_certificate_would_be_left_standing(ApplicationStep step)
    {
        Assert.Equal(DecisionRefusalCode.ProvisionalStands, RefusalOf(In(ApplicationStatus.Provisional), Of(step) with { LeavesProvisional = true }));
        Assert.Null(RefusalOf(In(ApplicationStatus.Provisional), Of(step)));
    }

    [Fact]
    public void The_history_says_laboratory_certificates_and_whether_everybody_may_know()
    {
        ApplicationLife life = In(ApplicationStatus.Provisional);

        Assert.Equal(("lab", "P-1", null), (life.Laboratory, life.ProvisionalCertificate, life.Certificate));
        Assert.True(life.IsPublic);
        Assert.Equal(("P-1", "C-1"), (In(ApplicationStatus.Certified).ProvisionalCertificate, In(ApplicationStatus.Certified).Certificate));
        Assert.False(In(ApplicationStatus.Certified).IsPublic);
        Assert.False(In(ApplicationStatus.Applied).IsPublic);
    }

    [Fact]
    public void A_clock_set_back_does_not_put_a_step_in_front_of_an_earlier_one()
    {
        Assert.True(In(ApplicationStatus.Applied).TryTake(Of(ApplicationStep.Evaluate), "demo-cb", Now.AddDays(-1), out ApplicationLife? next, out _));

        Assert.Equal(Now, next.History[^1].At);
    }

    [Fact]
    public void A_history_begins_with_the_filing() =>
        Assert.Throws<ArgumentException>(() => new ApplicationLife(Plain, [new ApplicationEvent(Now, ApplicationStep.Evaluate, ApplicationStatus.UnderEvaluation, "x", "x")]));

    [Fact]
    public void Rules_come_from_the_scheme_and_one_that_nobody_described_asks_for_nothing()
    {
        Assert.Equal(new ApplicationRules("demo", true, TimeSpan.FromDays(90), 60), ApplicationRules.Of(SchemeCatalogue.Default, "demo", "high"));
        Assert.Equal(new ApplicationRules("sg-cls", false, null, 36), ApplicationRules.Of(SchemeCatalogue.Default, "sg-cls", "2"));
        Assert.Equal(new ApplicationRules("unheard-of", false, null, null), ApplicationRules.Of(SchemeCatalogue.Default, "unheard-of", "1"));
    }

    [Theory]
    [InlineData(0, DecisionRefusalCode.NoSummary)]
    [InlineData(1, null)]
    [InlineData(120, null)]
    [InlineData(121, DecisionRefusalCode.NoSummary)]
    public void A_summary_has_1_to_120_words(int words, DecisionRefusalCode? expected) =>
        Assert.Equal(expected, Check(Draft() with { SummaryPlain = string.Join("  ", Enumerable.Repeat("word", words)) }));

    [Fact]
    public void Every_mandatory_row_is_answered_and_every_no_has_a_reason()
    {
        ApplicationDraft whole = Draft();

        Assert.Null(Check(whole));
        Assert.All(whole.Answers, answer => Assert.Equal(DecisionRefusalCode.NotAnswered, Check(whole with { Answers = whole.Answers.Remove(answer) })));
        Assert.Equal(DecisionRefusalCode.NotAnswered, Check(whole with { Answers = whole.Answers.Add(whole.Answers[0]) }));
        Assert.Equal(DecisionRefusalCode.NotAnswered, Check(whole with { Answers = whole.Answers.Add(new ConformanceAnswer("en-303-645/5.1-1", ConformanceClaim.Yes, "")) }));
        Assert.All([ConformanceClaim.No, ConformanceClaim.NotApplicable], claim =>
        {
            ConformanceAnswer bare = whole.Answers[0] with { Claim = claim, Note = " " };
            Assert.Equal(DecisionRefusalCode.NotAnswered, Check(whole with { Answers = whole.Answers.SetItem(0, bare) }));
            Assert.Null(Check(whole with { Answers = whole.Answers.SetItem(0, bare with { Note = "has no such function" }) }));
        });
        Assert.Null(Check(whole with { Answers = whole.Answers.Add(new ConformanceAnswer("demo/D-7", ConformanceClaim.Yes, "")) }));
        Assert.Null(Check(new ApplicationDraft("unheard-of", "A sensor.", [])));
    }

    private static ApplicationDraft Draft() => new("demo", "A sensor.", [.. Enumerable.Range(1, 6).Select(number => new ConformanceAnswer($"demo/D-{number}", ConformanceClaim.Yes, ""))]);

    private static DecisionRefusalCode? Check(ApplicationDraft draft) => draft.Check(SchemeCatalogue.Default, CrosswalkData.Default)?.Code;

    private static DecisionRefusalCode? RefusalOf(ApplicationLife life, ProposedStep step, DateTimeOffset? at = null) =>
        life.TryTake(step, "demo-cb", at ?? Now, out _, out DecisionRefusal? refusal) ? null : refusal.Code;

    /// <summary>A step whose every precondition holds.</summary>
    private static ProposedStep Of(ApplicationStep step) => new(step, "because")
    {
        Laboratory = step == ApplicationStep.Evaluate ? "lab" : null,
        Accreditation = Accredited,
        IsPublic = step == ApplicationStep.Evaluate,
        Certificate = step switch { ApplicationStep.IssueProvisional => "P-1", ApplicationStep.Certify => "C-1", _ => null },
        ValidUntil = Now.AddDays(30),
        IsConfirmed = true,
    };

    private static ApplicationLife In(ApplicationStatus status, ApplicationRules? rules = null)
    {
        ApplicationLife life = new(rules ?? Plain, [new ApplicationEvent(Now, ApplicationStep.Apply, ApplicationStatus.Applied, "acme", "filed")]);
        ApplicationStep[] way = status switch
        {
            ApplicationStatus.Applied => [],
            ApplicationStatus.UnderEvaluation => [ApplicationStep.Evaluate],
            ApplicationStatus.Provisional => [ApplicationStep.Evaluate, ApplicationStep.IssueProvisional],
            ApplicationStatus.Certified => [ApplicationStep.Evaluate, ApplicationStep.IssueProvisional, ApplicationStep.Certify],
            _ => [ApplicationStep.Evaluate, ApplicationStep.Refuse],
        };
        foreach (ApplicationStep step in way)
        {
            Assert.True(life.TryTake(Of(step), "demo-cb", Now, out ApplicationLife? next, out DecisionRefusal? refusal), refusal?.Seen);
            life = next;
        }

        Assert.Equal(status, life.Status);
        return life;
    }
}
