using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Commands.Build;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Product;

/// <summary><c>product show</c>: what everybody can read of a product, its history, or the file to change it with.</summary>
internal static class ProductShow
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> classId = ProductReport.ClassArgument();
        Option<string?> at = CommonOptions.OptionalText("--at", "As it was on a day (2027-06-30) or at a moment (2027-06-30T12:00:00Z).");
        Option<bool> history = new("--history") { Description = "Every change, with who, when and why." };
        Option<bool> description = new("--description") { Description = "The JSON that product set takes." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Shows a product: what its maker says, how its support stands, what to be warned of.") { classId, at, history, description, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            bool wantsHistory = parsed.GetValue(history);
            string query = parsed.GetValue(at) is { } moment ? $"?at={Uri.EscapeDataString(moment)}" : "";
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync($"{ProductReport.PathOf(parsed.GetRequiredValue(classId))}{(wantsHistory ? "/history" : "")}{query}", cancellation);
            Write(context, answer, wantsHistory, parsed.GetValue(description), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(CliContext context, JsonElement answer, bool isHistory, bool asDescription, bool asJson)
    {
        if (asDescription && !isHistory)
        {
            context.Terminal.WriteJson(JsonSerializer.SerializeToElement(ProductFile.Of(answer)));
        }
        else if (!asJson && isHistory && answer.TryGetProperty("history", out JsonElement history) && history.ValueKind == JsonValueKind.Array)
        {
            context.Terminal.WriteTable(
                ["at", "decided by", "support until", "changed", "reason"],
                history.EnumerateArray().Select(change => AnswerTable.Row(change, "at", "decidedBy", "supportUntil", "changed", "reason")));
        }
        else
        {
            ProductReport.Write(context.Terminal, answer, asJson);
        }
    }
}
