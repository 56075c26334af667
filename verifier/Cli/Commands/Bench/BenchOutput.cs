using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Bench;

/// <summary>Where the figures of a benchmark go.</summary>
internal static class BenchOutput
{
    /// <summary>To the terminal, as tables or as JSON.</summary>
    public static int Write<T>(CliContext context, bool isJson, T report, Action<Terminal, T> write)
        where T : class
    {
        if (isJson)
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            write(context.Terminal, report);
        }

        return ExitCode.Fine;
    }

    /// <summary>Into <paramref name="folder"/> as NAME.md and NAME.json; nowhere when it is null.</summary>
    public static async Task SaveAsync<T>(string? folder, string name, T report, Func<T, string> markdown, CancellationToken cancellation)
        where T : class
    {
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.md"), markdown(report), cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), Terminal.Json(report) + "\n", cancellation);
        }
    }
}
