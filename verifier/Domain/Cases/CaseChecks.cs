using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Cases;

/// <summary>The preconditions of steps in a case.</summary>
internal static class CaseChecks
{
    public static DecisionRefusal? Check(CaseEvent step, CaseLife life)
    {
        if (!life.IsOpen || step.Step == CaseStep.Open)
        {
            return new DecisionRefusal(
                DecisionRefusalCode.WrongStatus,
                $"{step.Step.ToString().ToLowerInvariant()} in a case that is {(life.IsOpen ? "open" : "decided")}",
                life.IsOpen ? "assign, note or decide" : "nothing: a decision is final",
                "Open another case if there is more to decide.");
        }

        return step.Step switch
        {
            CaseStep.Assign => CheckPerson(step.Assigned ?? "", life),
            CaseStep.Note => CheckRationale(step) ?? CheckClock(step, life),
            _ => CheckRationale(step) ?? CheckOutcome(step, life) ?? CheckDecider(step, life),
        };
    }

    // Nobody judges their own decision.
    private static DecisionRefusal? CheckPerson(string person, CaseLife life) => life.Excluded.Contains(person)
        ? new DecisionRefusal(DecisionRefusalCode.OriginalDecider, "a person who took part in the contested decision", "another person of the body", "Assign a person who did not take part.")
        : null;

    private static DecisionRefusal? CheckRationale(CaseEvent step) => string.IsNullOrWhiteSpace(step.RationalePublic)
        ? new DecisionRefusal(DecisionRefusalCode.NoReason, "no public rationale", "reasons that the parties can read", "Say why.")
        : null;

    private static DecisionRefusal? CheckClock(CaseEvent step, CaseLife life) => step.Clock is null || life.Running(step.Clock) is not null
        ? null
        : new DecisionRefusal(DecisionRefusalCode.UnknownClock, $"clock {step.Clock}", $"one that runs: {string.Join(", ", life.Clocks.Where(clock => clock.MetAt is null).Select(clock => clock.Name))}", "Name another clock, or none.");

    private static DecisionRefusal? CheckOutcome(CaseEvent step, CaseLife life) => step.Outcome is { } outcome && CaseOutcomes.Of(life.Type).Contains(outcome)
        ? null
        : new DecisionRefusal(DecisionRefusalCode.UnknownOutcome, step.Outcome is null ? "no outcome" : "an outcome that this type of case does not have", string.Join(", ", CaseOutcomes.Of(life.Type)), "Choose one of these.");

    private static DecisionRefusal? CheckDecider(CaseEvent step, CaseLife life)
    {
        if (CheckPerson(step.Person, life) is { } refusal)
        {
            return refusal;
        }

        bool isTheirs = life.Assigned is { } assigned ? assigned == step.Person : life.Type != CaseType.Appeal;
        return isTheirs
            ? null
            : new DecisionRefusal(DecisionRefusalCode.NotAssigned, life.Assigned is null ? "a decision before anybody was assigned" : "a decision by somebody who was not assigned", "the person who was assigned", "Assign a person first; that person decides.");
    }
}
