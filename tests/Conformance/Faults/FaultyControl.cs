namespace IotAttest.Conformance.Tests;

/// <summary>Does another step than asked, or none and says that it did.</summary>
internal sealed class FaultyControl(IBoardControl inner, Func<BoardStep, BoardStep?> replace) : IBoardControl
{
    public async Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation) =>
        replace(step) is { } other ? await inner.PerformAsync(other, cancellation) : null;
}
