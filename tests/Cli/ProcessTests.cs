using System.CommandLine;
using System.Diagnostics;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Tests;

public sealed class ProcessTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "IotAttest.Cli.dll");

    private readonly CommandLine _line = new();

    public static TheoryData<string> Commands => [.. Leaves(Program.CreateRoot(CliContext.OfProcess()), "")];

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task The_built_tool_makes_a_key()
    {
        (int exitCode, string output, string error) = await StartAsync("key", "new", "--type", "es256", "--out", _line.PathOf("k.pem"));

        Assert.True(exitCode == 0, error);
        Assert.Contains("kid", output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf("k.pem")));
    }

    [Fact]
    public async Task The_built_tool_ends_with_the_exit_code_of_the_failure()
    {
        string bad = _line.Write("bad.json", "{");

        Assert.Equal(2, (await StartAsync("board")).ExitCode);
        Assert.Equal(1, (await StartAsync("board", "check", bad)).ExitCode);
        Assert.Equal(3, (await StartAsync("org", "list", "--server", $"http://127.0.0.1:{Support.FreePort.Next()}")).ExitCode);
    }

    [Fact]
    public async Task The_built_tool_has_a_version()
    {
        (int exitCode, string output, string _) = await StartAsync("--version");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("0.1.0", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: 'lgo' is no command of iotattest; see: iotattest --help", "lgo")]
    [InlineData("error: 'renew' is no command of iotattest key; see: iotattest key --help", "key", "renew")]
    [InlineData("error: '--bord' is no option of iotattest board check; see: iotattest board check --help", "board", "check", "b.json", "--bord")]
    [InlineData("error: seen Argument 'rsa' not recognized. Must be one of: 'es256' 'hmac'. Expected: a complete command line; see: iotattest bench --help", "bench", "--kind", "rsa")]
    [InlineData("error: 'c.json' is one word too many for iotattest board check; see: iotattest board check --help", "board", "check", "b.json", "c.json")]
    public async Task The_word_that_is_not_understood_stands_first(string error, params string[] words) =>
        Assert.Equal($"{error}\n", (await _line.RunAsync(words)).Ended(2).Error);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_in_sentences(string words)
    {
        CommandResult help = (await _line.RunAsync([.. words.Split(' '), "--help"])).Ended(0);

        string description = help.Out.Split('\n')[1].Trim();
        Assert.EndsWith(".", description, StringComparison.Ordinal);
        Assert.Contains($"iotattest {words}", help.Out, StringComparison.Ordinal);

        // A checkpoint is JSON whatever was asked for.
        Assert.Equal(words != "log checkpoint", help.Out.Contains("--json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plain \u00e4 \u4e16", "plain \u00e4 \u4e16")]
    [InlineData("\u001b[31mred\u0007", "\ufffd[31mred\ufffd")]
    [InlineData("a\u202eb", "a\ufffdb")]
    public void What_a_stranger_wrote_cannot_steer_a_terminal(string text, string shown) => Assert.Equal(shown, PrintableText.Of(text));

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}".Trim()));

    private static async Task<(int ExitCode, string Out, string Error)> StartAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Tool, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }
}
