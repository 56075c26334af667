namespace IotAttest.Conformance;

/// <summary>Checks that belong together.</summary>
/// <param name="Id">One lower-case word, as the command line takes it.</param>
/// <param name="Title">For people.</param>
/// <param name="Checks">In the order in which they run.</param>
public sealed record ConformanceModule(string Id, string Title, IReadOnlyList<ConformanceCheck> Checks);
