using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org add</c>: registers an organisation, its roles and keys.</summary>
internal static class OrgAdd
{
    public static Command Create(CliContext context)
    {
        Option<string> name = CommonOptions.Text("--name", "1 to 64 of a-z, 0-9 and hyphen; manifests and certificates name it as their issuer.");
        Option<string[]> roles = new Option<string[]>("--role") { Description = "What it may do; may stand several times.", Required = true }
            .AcceptOnlyFromAmong("manufacturer", "body", "laboratory", "integrator", "auditor");
        Option<string[]> keys = new("--key") { Description = "Public key (PEM) it signs with; may stand several times.", HelpName = "FILE" };
        Option<string[]> schemes = new("--scheme") { Description = "Scheme a body may issue under, beside the open one; may stand several times." };
        Option<string?> tokenOut = CommonOptions.OptionalPath("--token-out", "Writes the organisation's API token there, readable by you alone, instead of showing it.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("add", "Registers an organisation with a verifier; shows its API token once.") { name, roles, keys, schemes, tokenOut, force, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                name = parsed.GetRequiredValue(name),
                roles = parsed.GetRequiredValue(roles),
                keys = (parsed.GetValue(keys) ?? []).Select(ReadPem).ToArray(),
                schemes = parsed.GetValue(schemes) ?? [],
            };
            using VerifierClient client = server.Connect(context, parsed);
            string? path = parsed.GetValue(tokenOut);
            Task<JsonElement> AskAsync() => client.PostAsync("/v1/organisations", request, cancellation);
            JsonElement answer = path is null ? await AskAsync() : await TokenFile.ReceiveAsync(path, parsed.GetValue(force), AskAsync);
            Report(context.Terminal, answer, path, parsed.GetValue(json));
            RequireToken(answer, path, parsed.GetRequiredValue(name));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string ReadPem(string path)
    {
        using ECDsa key = KeyFiles.ReadPublic(path);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    // A script that named a file for the token goes on to use it.
    private static void RequireToken(JsonElement answer, string? path, string name)
    {
        if (path is not null && JsonReport.Member(answer, "token") is null)
        {
            throw CliException.DoesNotHold(
                $"{name}, which was registered before: no token came back and {path} was not written", "a new organisation", $"make a new token with: iotattest org token --name {name} --token-out {path}");
        }
    }

    private static void Report(Terminal terminal, JsonElement answer, string? tokenPath, bool asJson)
    {
        string? token = JsonReport.Member(answer, "token");
        string[] kids = answer.TryGetProperty("keys", out JsonElement keys) ? [.. keys.EnumerateArray().Select(key => JsonReport.Member(key, "kid")!)] : [];
        if (asJson)
        {
            terminal.WriteJson(new
            {
                name = JsonReport.Member(answer, "name"),
                isNew = token is not null,
                keys = kids,
                token = tokenPath is null ? token : null,
                tokenFile = token is null ? null : tokenPath,
            });
            return;
        }

        terminal.WriteFields(
            ("organisation", JsonReport.Member(answer, "name")),
            ("roles", JsonReport.Member(answer, "roles")),
            ("schemes", JsonReport.Member(answer, "schemes")),
            ("key ids", string.Join(", ", kids)),
            ("token", token is null ? $"shown when it was registered; a new one: iotattest org token --name {JsonReport.Member(answer, "name")}" : tokenPath ?? token));
    }
}
