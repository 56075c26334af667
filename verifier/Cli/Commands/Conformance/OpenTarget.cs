using IotAttest.Conformance;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary>A subject, and what has to be closed after the run; the last that was opened is closed first.</summary>
internal sealed class OpenTarget(ConformanceSubject subject, params object?[] parts) : IAsyncDisposable
{
    public ConformanceSubject Subject => subject;

    public async ValueTask DisposeAsync()
    {
        foreach (object? part in parts.Reverse())
        {
            if (part is IAsyncDisposable open)
            {
                await open.DisposeAsync();
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }
    }
}
