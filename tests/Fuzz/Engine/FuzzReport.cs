using System.Globalization;

namespace IotAttest.Fuzz.Tests.Engine;

/// <summary>What a run did and found.</summary>
internal sealed record FuzzReport(
    string Target, int Seed, long Executions, TimeSpan Elapsed, int Seeds, int Corpus, int SeedEdges, int Edges, long Accepted, double SlowestMicroseconds, long LargestBytes, IReadOnlyList<Finding> Findings)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Target}: {Executions:N0} executions in {Elapsed.TotalSeconds:F1} s ({Executions / Math.Max(Elapsed.TotalSeconds, 0.001):N0}/s), seed {Seed}, {Findings.Count} findings
          edges {SeedEdges:N0} by the {Seeds} seeds, {Edges:N0} now; corpus {Corpus:N0}; {Accepted:N0} inputs accepted
          slowest input {SlowestMicroseconds:F0} us, largest allocation {LargestBytes:N0} bytes
        {string.Join(Environment.NewLine, Findings.Select(finding => $"  FOUND {finding.Text}"))}
        """).TrimEnd();
}
