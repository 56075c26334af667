using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Domain.Boards;

namespace IotAttest.Cli.Commands.Board;

/// <summary><c>board check</c>: does a board description hold together?</summary>
internal static class BoardCheck
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The board.json to check.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("check", "Checks a board description.") { file, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            Report(context, path, BoardFile.Read(path), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Report(CliContext context, string path, BoardDescription board, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new
            {
                holds = true,
                board.Name,
                board.Target,
                board.Class,
                oemid = board.OemId?.ToString(),
                measured = board.Measured.Select(region => region.Name),
                isTemplate = board.Class is null,
            });
            return;
        }

        context.Terminal.WriteFields(
            ("board", board.Name),
            ("target", board.Target),
            ("class", board.Class?.ToString("D") ?? "none: a template"),
            ("oemid", board.OemId?.ToString() ?? "none: a template"),
            ("flash", $"0x{board.FlashSize:X} bytes"));
        context.Terminal.WriteTable(
            ["region", "offset", "size", "measured"],
            board.Regions.Select(region => new[] { region.Name, $"0x{region.Offset:X}", $"0x{region.Size:X}", region.Measured ? "yes" : "no" }));
        context.Terminal.WriteLine($"{path} holds together.");
    }
}
