using System.Globalization;
using System.Threading.Channels;
using IotAttest.Cli.Output;
using IotAttest.Conformance;

namespace IotAttest.Cli.Suites;

/// <summary>Asks a person to do the steps, on stderr, and waits for an answer; nobody is waited for longer than a limit.</summary>
internal sealed class PromptControl(Terminal terminal, TimeSpan limit) : IBoardControl
{
    private Channel<string>? _lines;

    public async Task<string?> PerformAsync(BoardStep step, CancellationToken cancellation)
    {
        _lines ??= StartReading();
        terminal.WriteError("");
        terminal.WriteError($"PLEASE: {step.Instruction}");
        terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"Press Enter when it is done, or s and Enter to leave it out ({limit.TotalSeconds:0} s)."));
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limit);
        try
        {
            string line = await _lines.Reader.ReadAsync(timeout.Token);
            return line.Trim().Equals("s", StringComparison.OrdinalIgnoreCase) ? $"left out by the person at the board: {step.Instruction}" : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"nobody answered within {limit.TotalSeconds:0} s: {step.Instruction}");
        }
        catch (ChannelClosedException)
        {
            return $"nobody is there to answer: {step.Instruction}";
        }
    }

    // A read of standard input cannot be cancelled: one thread reads for all prompts, and ends with the program.
    private Channel<string> StartReading()
    {
        Channel<string> lines = Channel.CreateUnbounded<string>();
        Thread thread = new(() =>
        {
            using StreamReader reader = new(terminal.OpenInput());
            while (reader.ReadLine() is { } line)
            {
                lines.Writer.TryWrite(line);
            }

            lines.Writer.Complete();
        })
        { IsBackground = true };
        thread.Start();
        return lines;
    }
}
