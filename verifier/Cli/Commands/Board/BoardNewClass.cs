using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Domain.Boards;

namespace IotAttest.Cli.Commands.Board;

/// <summary><c>board new-class</c>: makes the description of a product model from the template of a board.</summary>
internal static class BoardNewClass
{
    public static Command Create(CliContext context)
    {
        Option<string> board = CommonOptions.Path("--board", "The template: hardware/<board>/board.json.");
        Option<long> oemid = NumberOption.Create("--oemid", "Private enterprise number of the manufacturer (RFC 9711 section 4.2.3).", 1, uint.MaxValue);
        Option<string?> name = CommonOptions.OptionalText("--name", "The product's name, for people: \"Thermostat T2\"; the template's when left out.");
        Option<string> output = CommonOptions.Path("--out", "The new board description; keep it with the product's sources.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("new-class", "Mints the class of a product model.") { board, oemid, name, output, force, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            Guid minted = Mint(parsed.GetRequiredValue(board), parsed.GetValue(oemid), parsed.GetValue(name), path, parsed.GetValue(force));
            Report(context, minted, path, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Guid Mint(string template, long oemid, string? name, string path, bool mayReplace)
    {
        string json = BoardFile.ReadText(template);
        BoardFile.Parse(template, json);
        Guid minted = Guid.NewGuid();
        string named = name is null ? json : BoardName.Set(json, name);
        OutputFile.WriteText(path, BoardJson.WithClass(named, minted, oemid), isSecret: false, mayReplace);
        return minted;
    }

    private static void Report(CliContext context, Guid minted, string path, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { @class = minted, board = path });
            return;
        }

        context.Terminal.WriteFields(("class", minted.ToString("D")), ("board", path));
    }
}
