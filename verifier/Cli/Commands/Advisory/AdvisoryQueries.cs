using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Advisory;

/// <summary><c>advisory list</c>, <c>show</c> and <c>adoption</c>: what a verifier knows of advisories.</summary>
internal static class AdvisoryQueries
{
    public static Command CreateList(CliContext context)
    {
        Option<string?> build = CommonOptions.OptionalText("--build", "Only advisories that are about this build.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists advisories.") { build, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string query = parsed.GetValue(build) is { } id ? $"&build={Uri.EscapeDataString(id)}" : "";
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync($"/v1/advisories?limit=1000{query}", cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(answer);
            }
            else if (!AdvisoryReport.WriteTable(context.Terminal, answer, "advisories", ["id", "version", "status", "severity", "publisher", "title"]))
            {
                context.Terminal.WriteLine("no advisory");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    public static Command CreateShow(CliContext context)
    {
        Argument<string> id = new("ID") { Description = "Id of the advisory." };
        Option<string?> revision = CommonOptions.OptionalText("--revision", "An earlier revision, counted from 1.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Shows an advisory and the builds that it is about.") { id, revision, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string query = parsed.GetValue(revision) is { } number ? $"?revision={Uri.EscapeDataString(number)}" : "";
            using VerifierClient client = server.Connect(context, parsed);
            AdvisoryReport.Write(context.Terminal, await client.GetAsync($"/v1/advisories/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}{query}", cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    public static Command CreateAdoption(CliContext context)
    {
        Argument<string> id = new("ID") { Description = "Id of the advisory." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("adoption", "Shows, day by day, how many boards attest the fixed build.") { id, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync($"/v1/advisories/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/adoption", cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(answer);
            }
            else if (!AdvisoryReport.WriteTable(context.Terminal, answer, "days", ["at", "boards", "fixed", "affected", "other", "fixedShare"]))
            {
                context.Terminal.WriteLine("no day that may be shown; log in as maker or owner of the boards");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
