using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Tests.Lessons;

/// <summary>Keeps all that is logged, with every scope, state and exception, as text.</summary>
internal sealed class LogMemory : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Each entry as it was told; entries of the log start with level and category.</summary>
    public IEnumerable<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogMemory memory, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            memory._lines.Enqueue($"{category} scope {Of(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            memory._lines.Enqueue($"{logLevel} {category} {eventId} {formatter(state, exception)} {Of(state)} {exception}");

        private static string Of<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : $"{state}";
    }
}
