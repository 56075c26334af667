namespace IotAttest.Service.Problems;

/// <summary>A caller's mistake, found anywhere below a route; translated once, in <see cref="ProblemHandling"/>.</summary>
internal sealed class ProblemException(Problem problem) : Exception($"{problem.Code}: seen {problem.Seen}; expected {problem.Expected}")
{
    public Problem Problem { get; } = problem;
}
