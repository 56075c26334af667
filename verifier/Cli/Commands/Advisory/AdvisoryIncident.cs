using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Advisory;

/// <summary><c>advisory incident</c>: reporting clocks. Nothing is sent to anybody: people report, and record here that they did.</summary>
internal static class AdvisoryIncident
{
    private static readonly string[] Steps = ["early-warning", "notification", "fix-available", "final-report", "close"];

    public static Command Create(CliContext context) => new("incident", "Incidents and their reporting clocks; nothing is sent to anybody.")
    {
        CreateExploited(context),
        CreateSevere(context),
        CreateStep(context),
        CreateList(context),
        CreateGet(context, "show", "Shows an incident and its clocks.", ""),
        CreateGet(context, "export", "Shows what a report needs, with the countries where affected boards attest, as JSON.", "/export"),
    };

    private static Command CreateExploited(CliContext context)
    {
        Argument<string> id = new("ADVISORY") { Description = "Id of the advisory." };
        (Option<string> reason, Option<string?> at, Option<string?> organisation, Option<bool> json) = Common();
        Command command = new("exploited", "Says that a vulnerability of an advisory is actively exploited: the clocks start.") { id, reason, at, organisation, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { reason = parsed.GetRequiredValue(reason), at = parsed.GetValue(at), organisation = parsed.GetValue(organisation) };
            using VerifierClient client = server.Connect(context, parsed);
            Write(context.Terminal, await client.PostAsync($"/v1/advisories/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/exploited", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateSevere(CliContext context)
    {
        Option<string> title = CommonOptions.Text("--title", "What happened, in one line.");
        Option<string?> advisory = CommonOptions.OptionalText("--advisory", "The advisory that it belongs to.");
        (Option<string> reason, Option<string?> at, Option<string?> organisation, Option<bool> json) = Common();
        Command command = new("severe", "Opens a severe incident: the clocks start.") { title, advisory, reason, at, organisation, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                title = parsed.GetRequiredValue(title),
                advisory = parsed.GetValue(advisory),
                reason = parsed.GetRequiredValue(reason),
                at = parsed.GetValue(at),
                organisation = parsed.GetValue(organisation),
            };
            using VerifierClient client = server.Connect(context, parsed);
            Write(context.Terminal, await client.PostAsync("/v1/incidents", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateStep(CliContext context)
    {
        Argument<string> id = new("ID") { Description = "Id of the incident." };
        Argument<string> step = new Argument<string>("STEP") { Description = "What was done." }.AcceptOnlyFromAmong(Steps);
        (Option<string> reason, Option<string?> at, _, Option<bool> json) = Common();
        Command command = new("record", "Records a step, such as a report that was sent.") { id, step, reason, at, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { step = parsed.GetRequiredValue(step), reason = parsed.GetRequiredValue(reason), at = parsed.GetValue(at) };
            using VerifierClient client = server.Connect(context, parsed);
            Write(context.Terminal, await client.PostAsync($"/v1/incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/steps", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateList(CliContext context)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists incidents.") { json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync("/v1/incidents?limit=1000", cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(answer);
            }
            else if (!AdvisoryReport.WriteTable(context.Terminal, answer, "incidents", ["id", "kind", "status", "organisation", "advisory", "openedAt", "title"]))
            {
                context.Terminal.WriteLine("no incident");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateGet(CliContext context, string name, string description, string part)
    {
        Argument<string> id = new("ID") { Description = "Id of the incident." };
        Option<bool> json = CommonOptions.Json();
        Command command = new(name, description) { id, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync($"/v1/incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}{part}", cancellation);

            // An export is a package for others: JSON is all it is.
            Write(context.Terminal, answer, parsed.GetValue(json) || part.Length > 0);
            return ExitCode.Fine;
        });
        return command;
    }

    private static (Option<string> Reason, Option<string?> At, Option<string?> Organisation, Option<bool> Json) Common() =>
    (
        CommonOptions.Text("--reason", "Why, or what was done."),
        CommonOptions.OptionalText("--at", "When it happened: a day, or a moment with its offset; now when left out."),
        CommonOptions.OptionalText("--organisation", "The manufacturer, for an operator who acts for several."),
        CommonOptions.Json());

    private static void Write(Terminal terminal, JsonElement answer, bool asJson)
    {
        JsonReport.Write(terminal, answer, asJson);
        if (!asJson)
        {
            AdvisoryReport.WriteTable(terminal, answer, "clocks", ["name", "anchor", "dueAt", "metAt", "overdue"]);
        }
    }
}
