using IotAttest.Cli.Output;

namespace IotAttest.Cli.Checks;

/// <summary>Is a moment inside a span of validity?</summary>
internal static class ValidityCheck
{
    public static void Check(CheckReport report, string path, DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset at)
    {
        if (at < from)
        {
            report.Fail(new CheckFailure(path, $"a start at {UtcText.Of(from.Value)}", $"a start at or before {UtcText.Of(at)}", "wait, or check for another moment with --at"));
        }

        if (at > until)
        {
            report.Fail(new CheckFailure(path, $"an end at {UtcText.Of(until.Value)}", $"an end at or after {UtcText.Of(at)}", "get a newer one, or check for another moment with --at"));
        }
    }
}
