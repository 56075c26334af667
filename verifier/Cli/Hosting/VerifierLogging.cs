using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace IotAttest.Cli.Hosting;

/// <summary>Logs go to stderr, so that stdout stays for results; one line each, as text or as JSON.</summary>
internal static class VerifierLogging
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Warnings and errors of the verifier, as lines for people or for programs.</summary>
    public static void ToStandardError(this WebApplicationBuilder builder, bool asJson)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A failed start is told once, as one paragraph (StartFailure); what fails later is critical here.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddJsonConsole(format => (format.TimestampFormat, format.UseUtcTimestamp) = (TimeFormat, true));

        // Last: each formatter that is added chooses itself.
        builder.Logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // Who reads the log may stop reading; boards are not to wait for that. How many lines were left out is said when there is room again.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            console.FormatterName = asJson ? ConsoleFormatterNames.Json : LineFormatter.FormatterName;
        });
    }

    /// <summary>Nothing: the demo tells its own story, and a fault ends it.</summary>
    public static void ToNowhere(this WebApplicationBuilder builder) => builder.Logging.ClearProviders();
}
