using System.CommandLine;
using System.CommandLine.Invocation;
using IotAttest.Cli.Commands.Board;
using IotAttest.Cli.Commands.Build;
using IotAttest.Cli.Commands.Certify;
using IotAttest.Cli.Commands.Key;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli;

/// <summary>The tool <c>iotattest</c>: every command is one file under Commands and one line here.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, CliContext.OfProcess());

    /// <summary>Runs one command line and gives its exit code (see <see cref="ExitCode"/>); never throws.</summary>
    internal static async Task<int> RunAsync(string[] args, CliContext context)
    {
        ParseResult parsed = CreateRoot(context).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return FailureReport.WriteUsage(context, parsed);
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration);
        }
#pragma warning disable CA1031 // The outermost frame: whatever happened, the answer is an exit code and one paragraph.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return FailureReport.Write(context, failure);
        }
    }

    internal static RootCommand CreateRoot(CliContext context) => new("Proves, again and again, which firmware a board runs.")
    {
        new Command("key", "Signing keys of organisations.")
        {
            KeyNew.Create(context),
        },
        new Command("build", "Signed build manifests.")
        {
            BuildManifestNew.Create(context),
        },
        new Command("certify", "Certificates of a certification body.")
        {
            CertifyIssue.Create(context),
        },
        new Command("board", "Board descriptions.")
        {
            BoardCheck.Create(context),
            BoardNewClass.Create(context),
        },
    };
}
