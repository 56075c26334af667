namespace IotAttest.Conformance;

/// <summary>One thing that is tried.</summary>
/// <param name="Id">Module and name, such as <c>tamper.clr</c>: stable, programs rely on it.</param>
/// <param name="Title">What is to hold, as a sentence.</param>
/// <param name="Requirements">What it supports.</param>
/// <param name="Needs">What it must be given.</param>
/// <param name="RunAsync">Tries it.</param>
public sealed record ConformanceCheck(
    string Id, string Title, IReadOnlyList<Requirement> Requirements, Needs Needs, Func<CheckContext, CancellationToken, Task<Finding>> RunAsync)
{
    /// <summary>A check that waits for nothing.</summary>
    internal static ConformanceCheck Of(string id, string title, IReadOnlyList<Requirement> requirements, Needs needs, Func<CheckContext, Finding> run) =>
        new(id, title, requirements, needs, (context, _) => Task.FromResult(run(context)));

    /// <summary>A check over evidence, asked for or from files.</summary>
    internal static ConformanceCheck OfEvidence(string id, string title, IReadOnlyList<Requirement> requirements, Needs needs, Func<CheckContext, IReadOnlyList<EvidenceSample>, Finding> run) =>
        new(id, title, requirements, Needs.Evidence | needs, async (context, cancellation) =>
        {
            IReadOnlyList<EvidenceSample> samples = await context.SamplesAsync(cancellation);
            return samples.Count > 0 ? run(context, samples) : Finding.Fail("no evidence at all", "evidence in answer to a challenge");
        });
}
