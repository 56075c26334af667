namespace IotAttest.Domain.Advisories.Incidents;

/// <summary>Which step may be recorded when. Pure.</summary>
public static class IncidentStepRules
{
    /// <summary>Null when the step may be recorded; else why not.</summary>
    /// <param name="openedAt">T of the incident.</param>
    /// <param name="records">What was recorded before.</param>
    /// <param name="next">What somebody wants to record.</param>
    /// <param name="now">Now.</param>
    public static StepRefusal? Check(DateTimeOffset openedAt, IReadOnlyCollection<IncidentRecord> records, IncidentRecord next, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (records.Any(record => record.Step == IncidentStep.Closed))
        {
            return new StepRefusal("a closed incident", "an open one");
        }

        if (records.Any(record => record.Step == next.Step))
        {
            return new StepRefusal("a step that is on record", "each step once");
        }

        if (next.At > now)
        {
            return new StepRefusal("a time in the future", "the time at which it happened");
        }

        // A fix may be older than the news of its exploitation.
        return next.At < openedAt && next.Step != IncidentStep.FixAvailable
            ? new StepRefusal("a time before the incident", "a time after the manufacturer became aware")
            : null;
    }
}
