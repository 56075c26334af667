using IotAttest.Conformance;

namespace IotAttest.Cli.Suites;

/// <summary>Leaves out every step: <c>--assume skip</c>.</summary>
internal sealed class SkipControl : IBoardControl
{
    public Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation) => Task.FromResult<string?>($"left out (--assume skip): {step.Instruction}");
}
