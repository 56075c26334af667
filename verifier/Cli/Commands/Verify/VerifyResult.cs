using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Verify;

/// <summary><c>verify result</c>: an attestation result, JWT or CWT.</summary>
internal static class VerifyResult
{
    private const int MaxBytes = 64 * 1024;
    private const string Private = $"submods/{EarLabel.Firmware}/iotattest";

    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The result: a JWT (text) or a CWT (bytes).");
        Option<string?> key = CommonOptions.OptionalPath("--key", "The verifier's public key (PEM, JWK or JWK set; GET /v1/keys gives it).");
        Option<bool> unsigned = SignatureTerms.Unsigned();
        Option<DateTimeOffset?> at = TimeOption.Start("--at", "Check validity at this moment instead of now.");
        Option<string?> ueid = CommonOptions.OptionalText("--ueid", "The board that the result must be about.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("result", "Checks an attestation result.") { file, key, unsigned, at, ueid, json };
        command.SetAction(parsed => CheckReport.Run(context.Terminal, "result", parsed.GetValue(json), SignatureTerms.Of(parsed.GetValue(key), parsed.GetValue(unsigned)), report =>
        {
            SignedResult result = ResultReader.Read(InputFile.ReadBytes(parsed.GetRequiredValue(file), MaxBytes));
            report.SetContent(new { form = result.Form, kid = result.Kid, claims = result.Claims }, terminal => Show(terminal, result));
            CheckSignature(report, result, parsed.GetValue(key));
            ResultCheck.Check(report, result.Claims, parsed.GetValue(at) ?? context.Clock.GetUtcNow());
            CheckBoard(report, result.Claims, parsed.GetValue(ueid));
        }));
        return command;
    }

    private static void CheckSignature(CheckReport report, SignedResult result, string? keyPath)
    {
        if (keyPath is null)
        {
            return;
        }

        using CheckKeys keys = CheckKeys.Read(keyPath);
        Kid kid = ulong.TryParse(result.Kid, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value) ? new Kid(value) : default;
        ECDsa key = keys.Find(kid) ?? throw CorimCheck.NoKey(keyPath, kid.ToString());
        bool holds = result.Verify(key);
        report.SetSignature(holds);
        if (!holds)
        {
            report.Fail(SignatureFailures.DoesNotHold("the result", kid, key, keyPath));
        }
    }

    // One board's good result must not pass for another board.
    private static void CheckBoard(CheckReport report, JsonObject claims, string? wanted)
    {
        string? named = ResultCheck.TextOf(claims, $"{Private}/ueid");
        if (wanted is not null && named != wanted)
        {
            report.Fail(new CheckFailure($"{Private}/ueid", named ?? "no ueid", wanted, "ask for the result of the board in question"));
        }
    }

    private static void Show(Terminal terminal, SignedResult result)
    {
        JsonElement shown = JsonSerializer.SerializeToElement(ResultCheck.Find(result.Claims, Private));
        terminal.WriteFields(
            ("form", result.Form),
            ("board", JsonReport.Member(shown, "ueid")),
            ("status", ResultCheck.TextOf(result.Claims, "ear_status")),
            ("conformity", JsonReport.Member(shown, "conformity")),
            ("drift", JsonReport.Member(shown, "drift")),
            ("conditions", JsonReport.Member(shown, "conditions")),
            ("advisories", JsonReport.Member(shown, "advisories")),
            ("build", JsonReport.Member(shown, "build")),
            ("certificates", JsonReport.Member(shown, "certificates")),
            ("evidence strength", JsonReport.Member(shown, "evidenceStrength")),
            ("nonce", ResultCheck.TextOf(result.Claims, $"submods/{EarLabel.Firmware}/eat_nonce")),
            ("issued", ResultCheck.TimeOf(result.Claims, "iat") is { } issued ? UtcText.Of(issued) : null),
            ("expires", ResultCheck.TimeOf(result.Claims, "exp") is { } expires ? UtcText.Of(expires) : null),
            ("key id", result.Kid));
        if (shown.ValueKind == JsonValueKind.Object && shown.TryGetProperty("components", out JsonElement components) && components.ValueKind == JsonValueKind.Array)
        {
            terminal.WriteTable(["component", "matches", "reported", "expected"], components.EnumerateArray().Select(ComponentRow.Of));
        }
    }
}
