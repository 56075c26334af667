using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device ca add|list|remove|crl</c>: roots of device certificates (IDevID) and their revocation lists.</summary>
internal static class DeviceCa
{
    private const int MaxPemBytes = 8 * 1024;
    private const int MaxCrlBytes = 6 * 1024 * 1024;

    private static readonly string[] ListMembers = ["issuerKey", "number", "thisUpdate", "nextUpdate", "revoked"];

    public static Command Create(CliContext context) => new("ca", "Roots of device certificates (IDevID), and revocation lists.")
    {
        CreateAdd(context),
        CreateList(context),
        CreateRemove(context),
        CreateCrl(context),
    };

    private static Command CreateAdd(CliContext context)
    {
        Option<string> organisation = Organisation();
        Option<string> certificate = CommonOptions.Path("--certificate", "The self-signed root (PEM).");
        Option<string> proof = CommonOptions.Path("--proof", "A certificate request signed with the root's key, subject CN=<organisation> (PEM).");
        Option<string> strength = new Option<string>("--strength") { Description = "Of every board enrolled under it.", Required = true }.AcceptOnlyFromAmong("native", "hardware-rooted");
        Option<string?> oemId = CommonOptions.OptionalText("--oemid", "The only oemid its certificates may carry.");
        Option<string?> subject = CommonOptions.OptionalText("--subject-organisation", "The O that each device certificate must have.");
        Option<string?> prefix = CommonOptions.OptionalText("--ueid-prefix", "Hex digits that each UEID starts with.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("add", "Registers a root.") { organisation, certificate, proof, strength, oemId, subject, prefix, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                certificate = InputFile.ReadText(parsed.GetRequiredValue(certificate), MaxPemBytes).Trim(),
                proof = InputFile.ReadText(parsed.GetRequiredValue(proof), MaxPemBytes).Trim(),
                evidenceStrength = parsed.GetRequiredValue(strength),
                oemid = parsed.GetValue(oemId),
                subjectOrganisation = parsed.GetValue(subject),
                ueidPrefix = parsed.GetValue(prefix),
            };
            using VerifierClient client = server.Connect(context, parsed);
            JsonReport.Write(context.Terminal, await client.PostAsync(RouteOf(parsed.GetRequiredValue(organisation)), request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateList(CliContext context)
    {
        Option<string> organisation = Organisation();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Shows the roots of a manufacturer and their revocation lists.") { organisation, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            ShowList(context.Terminal, await client.GetAsync(RouteOf(parsed.GetRequiredValue(organisation)), cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void ShowList(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("cas", out JsonElement roots))
        {
            terminal.WriteJson(answer);
            return;
        }

        foreach (JsonElement root in roots.EnumerateArray())
        {
            JsonReport.Write(terminal, root, asJson: false);
            terminal.WriteTable(ListMembers, root.GetProperty("crls").EnumerateArray().Select(list => ListMembers.Select(name => JsonReport.Member(list, name) ?? "").ToArray()));
        }
    }

    private static Command CreateRemove(CliContext context)
    {
        Option<string> organisation = Organisation();
        Argument<string> id = Id();
        Option<string> reason = CommonOptions.Text("--reason", "Why; it is kept.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("remove", "Ends a root: no new boards under it; those that are enrolled stay.") { id, organisation, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.DeleteAsync($"{RouteOf(parsed.GetRequiredValue(organisation))}/{parsed.GetRequiredValue(id)}", new { reason = parsed.GetRequiredValue(reason) }, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateCrl(CliContext context)
    {
        Option<string> organisation = Organisation();
        Argument<string> id = Id();
        Argument<string> file = CommonOptions.FileArgument("The revocation list: DER, or PEM followed by the certificate of the CA under the root that signed it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("crl", "Uploads a revocation list; boards that it names go into quarantine at once.") { id, file, organisation, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            byte[] list = InputFile.ReadBytes(parsed.GetRequiredValue(file), MaxCrlBytes);
            string mediaType = list.AsSpan().StartsWith("-----BEGIN"u8) ? "application/x-pem-file" : "application/pkix-crl";
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PutAsync($"{RouteOf(parsed.GetRequiredValue(organisation))}/{parsed.GetRequiredValue(id)}/crl", list, mediaType, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<string> Organisation() => CommonOptions.Text("--organisation", "The manufacturer.");

    private static Argument<string> Id() => new("ROOT") { Description = "The root: SHA-256 of its certificate, 64 hex digits, as shown by device ca list." };

    private static string RouteOf(string organisation) => $"/v1/organisations/{Uri.EscapeDataString(organisation)}/device-cas";
}
