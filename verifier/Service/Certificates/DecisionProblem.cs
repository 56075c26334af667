using IotAttest.Domain.Certificates;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>A decision that was not taken as an answer over HTTP.</summary>
internal static class DecisionProblem
{
    private const string Title = "The decision was not taken.";

    public static ProblemException Of(DecisionRefusal refusal) => refusal.Code switch
    {
        DecisionRefusalCode.WrongStatus => Refuse.Conflict(refusal.Seen, refusal.Expected, refusal.Do),
        DecisionRefusalCode.NoReason => Refuse.Malformed(refusal.Seen, refusal.Expected, refusal.Do),
        _ => new ProblemException(Problem.Of(Status(refusal.Code), refusal.Code.ToString(), Title, refusal.Seen, refusal.Expected, refusal.Do)),
    };

    private static int Status(DecisionRefusalCode code) => code switch
    {
        DecisionRefusalCode.SamePerson or DecisionRefusalCode.NeedsSecondPerson or DecisionRefusalCode.OriginalDecider or DecisionRefusalCode.NotAssigned => 403,
        DecisionRefusalCode.ProposalLapsed or DecisionRefusalCode.ProvisionalStands or DecisionRefusalCode.WindowClosed => 409,
        _ => 422,
    };
}
