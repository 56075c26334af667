using System.CommandLine;
using IotAttest.Cli.Bench;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Bench;

/// <summary>Where the figures of a benchmark go: to the terminal as tables or as JSON, and into a folder when one is named.</summary>
internal sealed class BenchOutput
{
    private readonly string _name;
    private readonly Option<string?> _report;
    private readonly Option<bool> _json = CommonOptions.Json();

    private BenchOutput(Command command)
    {
        _name = command.Name;
        _report = new("--report") { Description = $"Write {_name}.md and {_name}.json into this folder.", HelpName = "DIR" };
        command.Options.Add(_report);
        command.Options.Add(_json);
    }

    public static BenchOutput AddTo(Command command) => new(command);

    // Printed first: a folder that cannot be written costs no figures.
    public async Task<int> WriteAsync<T>(CliContext context, ParseResult parsed, T report, Func<T, BenchText> textOf, CancellationToken cancellation)
        where T : class
    {
        BenchText text = textOf(report);
        if (parsed.GetValue(_json))
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            text.Write(context.Terminal);
        }

        if (parsed.GetValue(_report) is { } folder)
        {
            await SaveAsync(folder, text.Markdown(), Terminal.Json(report), cancellation);
        }

        return ExitCode.Fine;
    }

    private async Task SaveAsync(string folder, string markdown, string json, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{_name}.md"), markdown, cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{_name}.json"), json + "\n", cancellation);
    }
}
