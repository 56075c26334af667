using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Conformance;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary><c>conformance</c>: test modules for a laboratory or a small maker, against a simulated board, a real one, a manifest or evidence.</summary>
internal static class ConformanceCommand
{
    public static Command Create(CliContext context)
    {
        Option<string[]> modules = new Option<string[]>("--module") { Description = "Only this module; may stand several times. All of them when left out.", DefaultValueFactory = _ => [] }
            .AcceptOnlyFromAmong([.. ConformanceSuite.Modules.Select(module => module.Id)]);
        Option<string?> markup = CommonOptions.OptionalPath("--report", "Write the report for people: FILE.md or FILE.html.");
        Option<string?> output = CommonOptions.OptionalPath("--out", "Write the report as JSON, as it can be attached to a build.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("conformance", "Runs test modules against a board, a simulated one, a manifest or evidence.") { modules, markup, output, json };
        TargetOptions target = TargetOptions.AddTo(command);
        command.Subcommands.Add(ConformanceAttach.Create(context));
        command.SetAction(async (parsed, cancellation) =>
        {
            string? people = parsed.GetValue(markup);
            RequireKnownForm(people);
            await using OpenTarget open = await target.OpenAsync(context, parsed, cancellation);
            ConformanceModule[] chosen = ModulesOf(parsed.GetRequiredValue(modules));
            ConformanceReport report = await RunAsync(context, open.Subject, chosen, parsed.GetValue(json), cancellation);
            return Finish(context, report, people, parsed.GetValue(output), parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>The version of this tool, as reports name it.</summary>
    internal static string ToolVersion => typeof(ConformanceCommand).Assembly.GetName().Version!.ToString(3);

    private static ConformanceModule[] ModulesOf(string[] ids) =>
        ids.Length == 0 ? [.. ConformanceSuite.Modules] : [.. ids.Select(id => ConformanceSuite.Find(id)!)];

    private static async Task<ConformanceReport> RunAsync(CliContext context, ConformanceSubject subject, ConformanceModule[] modules, bool asJson, CancellationToken cancellation)
    {
        try
        {
            return await ConformanceRun.RunAsync(subject, modules, ToolVersion, asJson ? null : result => Show(context.Terminal, result), cancellation);
        }
        catch (BoardLinkException cause)
        {
            throw CliException.Fault(cause.Message, "a connection that lasts for the whole run", "look at the broker and run it again");
        }
    }

    private static void Show(Terminal terminal, CheckResult result)
    {
        terminal.WriteLine($"{result.Finding.Outcome.Word().ToUpperInvariant(),-14}  {result.Id,-26}  {result.Title}");
        if (result.Finding.Outcome != CheckOutcome.Pass)
        {
            terminal.WriteLine($"{"",-16}seen {result.Finding.Seen}; expected {result.Finding.Expected}");
        }
    }

    private static int Finish(CliContext context, ConformanceReport report, string? people, string? output, bool asJson)
    {
        byte[] bytes = ReportJson.Write(report);
        Sha256Digest digest = Sha256Digest.Of(bytes);
        if (output is not null)
        {
            OutputFile.Write(output, bytes);
        }

        if (people is not null)
        {
            OutputFile.WriteText(people, IsHtml(people) ? ReportHtml.Write(report, digest) : ReportMarkdown.Write(report, digest), isSecret: false, mayReplace: true);
        }

        if (asJson)
        {
            context.Terminal.Out.Write(System.Text.Encoding.UTF8.GetString(bytes));
        }
        else
        {
            context.Terminal.WriteLine();
            context.Terminal.WriteLine($"{report.Count(CheckOutcome.Pass)} passed, {report.Count(CheckOutcome.Fail)} failed, {report.Count(CheckOutcome.NotApplicable)} not applicable; report {digest}");
        }

        return ExitCodeOf(report);
    }

    private static int ExitCodeOf(ConformanceReport report)
    {
        if (report.Count(CheckOutcome.Fail) > 0)
        {
            return ExitCode.DoesNotHold;
        }

        return report.Count(CheckOutcome.Pass) > 0
            ? ExitCode.Fine
            : throw CliException.WrongUsage("no check that applies to this target", "a target and modules that fit each other", "see docs/guides/conformance.md for what each module needs");
    }

    private static void RequireKnownForm(string? path)
    {
        if (path is not null && !IsHtml(path) && !path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.WrongUsage($"--report {path}", "a name that ends in .md or .html", "choose one of the two forms; JSON goes to --out");
        }
    }

    private static bool IsHtml(string path) => path.EndsWith(".html", StringComparison.OrdinalIgnoreCase);
}
