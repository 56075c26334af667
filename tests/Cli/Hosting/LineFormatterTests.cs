using IotAttest.Cli.Hosting;
using IotAttest.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotAttest.Cli.Tests.Hosting;

public sealed class LineFormatterTests
{
    [Theory]
    [InlineData("a\r\n2026-11-22T12:00:00.000Z crit: forged[1] all is lost")]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b\u2028c\u2029d\fe\vf")]
    [InlineData("a\u001b[2J\u001b]0;title\u0007b")]
    [InlineData("a\u202Eb\u200Bc")]
    public void What_comes_from_outside_stays_in_its_line_and_sends_nothing_to_a_terminal(string hostile)
    {
        string text = Write(hostile, new InvalidOperationException(hostile));

        Assert.Equal('\n', Assert.Single(text, character => char.IsControl(character)));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.StartsWith("2026-11-22T12:00:00.000Z warn: Category[2001] a", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, character => character is '\u2028' or '\u2029' or '\u202E' or '\u200B');
    }

    private static string Write(string message, Exception cause)
    {
        using StringWriter writer = new();
        LogEntry<string> entry = new(LogLevel.Warning, "Category", new EventId(2001), message, cause, (state, _) => state);
        new LineFormatter(new FakeClock()).Write(entry, null, writer);
        return writer.ToString();
    }
}
