using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build search</c>: which builds contain a component, by their bills of materials.</summary>
internal static class BuildSearch
{
    public static Command Create(CliContext context)
    {
        Option<string> component = CommonOptions.Text("--component", "Name of the component, as in the bill of materials.");
        Option<string?> below = CommonOptions.OptionalText("--below", "Only versions before this one.");
        Option<string?> status = CommonOptions.OptionalText("--status", "Only builds with this status: covered, submitted or retired.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("search", "Finds the builds that contain a component.") { component, below, status, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = $"/v1/builds?component={Uri.EscapeDataString(parsed.GetRequiredValue(component))}{Part("below", parsed.GetValue(below))}{Part("status", parsed.GetValue(status))}";
            using VerifierClient client = server.Connect(context, parsed);
            Write(context, await client.GetAsync(path, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void Write(CliContext context, JsonElement answer, bool asJson)
    {
        if (asJson || !answer.TryGetProperty("matches", out JsonElement matches) || matches.ValueKind != JsonValueKind.Array)
        {
            context.Terminal.WriteJson(answer);
            return;
        }

        if (matches.GetArrayLength() == 0)
        {
            context.Terminal.WriteLine("no build found; a build without an uploaded bill of materials is never found");
            return;
        }

        context.Terminal.WriteTable(
            ["build", "manufacturer", "build version", "status", "component", "version", "purl"],
            matches.EnumerateArray().Select(match => AnswerTable.Row(match, "build", "manufacturer", "buildVersion", "status", "name", "version", "purl")));
        if (answer.TryGetProperty("isComplete", out JsonElement isComplete) && isComplete.ValueKind == JsonValueKind.False)
        {
            context.Terminal.WriteWarning("there are more; narrow the question with --status or --below");
        }
    }
}
