using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build minimum</c>: raises, or shows, the lowest security version that boards of a class may run.</summary>
internal static class BuildMinimum
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> classId = new("CLASS") { Description = "Class of the product model, as in board.json." };
        Option<ulong?> version = new("--security-version") { Description = "The new minimum, higher than before; left out: show the minimum.", HelpName = "N" };
        Option<string?> reason = CommonOptions.OptionalText("--reason", "Why; everybody can read it.");
        Option<string?> manufacturer = CommonOptions.OptionalText("--manufacturer", "For the operator: whose class it is.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("minimum", "The minimum security version of a class: builds below it are rolled back.") { classId, version, reason, manufacturer, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = $"/v1/classes/{parsed.GetRequiredValue(classId):D}/minimum-security-version";
            object? request = RequestOf(parsed.GetValue(version), parsed.GetValue(reason), parsed.GetValue(manufacturer));
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = request is null ? await client.GetAsync(path, cancellation) : await client.PostAsync(path, request, cancellation);
            Write(context, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static object? RequestOf(ulong? version, string? reason, string? manufacturer)
    {
        if (version is null != reason is null)
        {
            throw CliException.WrongUsage("one of --security-version and --reason", "both, or neither", "say why the minimum rises");
        }

        return version is null ? null : new { version, reason, manufacturer };
    }

    private static void Write(CliContext context, JsonElement answer, bool asJson)
    {
        if (asJson || !answer.TryGetProperty("history", out JsonElement history) || history.ValueKind != JsonValueKind.Array)
        {
            context.Terminal.WriteJson(answer);
            return;
        }

        if (history.GetArrayLength() == 0)
        {
            context.Terminal.WriteLine("no minimum: every security version is accepted");
            return;
        }

        context.Terminal.WriteTable(
            ["manufacturer", "minimum", "since", "decided by", "reason"],
            history.EnumerateArray().Select(entry => AnswerTable.Row(entry, "manufacturer", "minimumSecurityVersion", "at", "decidedBy", "reason")));
    }
}
