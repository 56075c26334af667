using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build inspect</c>: what a manifest, or a CoRIM of another tool, says.</summary>
internal static class BuildInspect
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("A manifest, or a CoRIM or CoMID of another tool, signed or not.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("inspect", "Shows what a manifest or another CoRIM says; checks its form, not its signature.") { file, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            InspectedFile inspected = InspectedFile.Read(path);
            Write(context.Terminal, inspected, parsed.GetValue(json));
            context.Terminal.WriteNote($"the signature was not checked; do so with: iotattest verify manifest {path} --key PUB");
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(Terminal terminal, InspectedFile inspected, bool asJson)
    {
        if (inspected.Profile is { } warning)
        {
            terminal.WriteWarning(warning);
        }

        switch (inspected)
        {
            case { Manifest: { } manifest, Signed: { } signed } when asJson: terminal.WriteJson(BuildReport.ToJson(manifest, signed)); break;
            case { Manifest: { } manifest, Signed: { } signed }: BuildReport.Write(terminal, manifest, signed); break;
            case { Document: { } document } when asJson: terminal.WriteJson(document); break;
            case { Document: { } document }: DocumentReport.Write(terminal, document); break;
        }
    }
}
