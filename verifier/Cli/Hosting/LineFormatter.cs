using System.Globalization;
using IotAttest.Cli.Output;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace IotAttest.Cli.Hosting;

/// <summary>One record, one line, for people: what strangers sent cannot begin a line of its own, colour it or turn its direction.</summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        string time = clock.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string cause = logEntry.Exception is { } exception ? $" | {exception.ToString().ReplaceLineEndings(" | ")}" : "";
        textWriter.WriteLine(PrintableText.Of($"{time} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}{cause}"));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
