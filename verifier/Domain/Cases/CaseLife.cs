using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Cases;

/// <summary>The life of one case. Immutable; a step makes a longer history, and nothing follows the decision.</summary>
public sealed class CaseLife
{
    /// <param name="type">What it is about.</param>
    /// <param name="clocks">Its clocks, those that were met and those that run.</param>
    /// <param name="history">What happened, oldest first; the first is <see cref="CaseStep.Open"/>.</param>
    /// <param name="excluded">Of an appeal: the persons who took the contested decision.</param>
    /// <exception cref="ArgumentException">The history does not begin with the opening.</exception>
    public CaseLife(CaseType type, ImmutableArray<CaseClock> clocks, ImmutableArray<CaseEvent> history, ImmutableArray<string> excluded)
    {
        if (history is not [{ Step: CaseStep.Open }, ..])
        {
            throw new ArgumentException("A history begins with the opening.", nameof(history));
        }

        Type = type;
        Clocks = clocks;
        History = history;
        Excluded = excluded;
    }

    /// <summary>What it is about.</summary>
    public CaseType Type { get; }

    /// <summary>Its clocks.</summary>
    public ImmutableArray<CaseClock> Clocks { get; }

    /// <summary>What happened, oldest first.</summary>
    public ImmutableArray<CaseEvent> History { get; }

    /// <summary>Persons who cannot handle it.</summary>
    public ImmutableArray<string> Excluded { get; }

    /// <summary>False once it is decided.</summary>
    public bool IsOpen => History[^1].Step != CaseStep.Decide;

    /// <summary>Who is responsible; null for nobody yet.</summary>
    public string? Assigned => History.LastOrDefault(taken => taken.Step == CaseStep.Assign)?.Assigned;

    /// <summary>The decision; null while it is open.</summary>
    public CaseEvent? Decision => IsOpen ? null : History[^1];

    /// <summary>True when a clock was met too late or is over.</summary>
    public bool IsOverdue(DateTimeOffset now) => Clocks.Any(clock => clock.IsOverdue(now));

    /// <summary>Takes a step.</summary>
    /// <param name="step">What is asked for; its time is not looked at.</param>
    /// <param name="now">The verifier's time.</param>
    /// <param name="next">The life with the step at the end, or null.</param>
    /// <param name="refusal">Why not, or null.</param>
    public bool TryTake(CaseEvent step, DateTimeOffset now, [NotNullWhen(true)] out CaseLife? next, [NotNullWhen(false)] out DecisionRefusal? refusal)
    {
        // A clock that was set back must not put a step in front of an earlier one.
        DateTimeOffset at = now > History[^1].At ? now : History[^1].At;
        refusal = CaseChecks.Check(step, this);
        next = refusal is null ? With(step with { At = at, Clock = step.Clock ?? Running(CaseClocks.MetBy(step.Step, Type)) }) : null;
        return next is not null;
    }

    internal string? Running(string? name) => Clocks.FirstOrDefault(clock => clock.Name == name && clock.MetAt is null)?.Name;

    private CaseLife With(CaseEvent step)
    {
        ImmutableArray<CaseClock> clocks = [.. Clocks.Select(clock => clock.Name == step.Clock && clock.MetAt is null ? clock with { MetAt = step.At } : clock)];
        return new CaseLife(Type, clocks, History.Add(step), Excluded);
    }
}
