using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device provision</c>: the factory line. Makes identities and keys; nothing is sent anywhere.</summary>
internal static class DeviceProvision
{
    private const int MaxCount = 10_000_000;

    public static Command Create(CliContext context)
    {
        Option<long> count = NumberOption.Create("--count", "How many boards.", 1, MaxCount);
        Option<string> board = CommonOptions.Path("--board", "The board.json of the product model.");
        Option<string> organisation = CommonOptions.Text("--organisation", "The manufacturer, for ever.");
        Option<string> keyType = new Option<string>("--key-type") { Description = "hmac or es256.", DefaultValueFactory = _ => ProvisionedBoard.Hmac }
            .AcceptOnlyFromAmong(ProvisionedBoard.Hmac, ProvisionedBoard.Es256);
        Option<string> strength = new Option<string>("--strength") { Description = "Who measures and who authenticates.", DefaultValueFactory = _ => EvidenceStrength.Native.Word() }
            .AcceptOnlyFromAmong([.. Enum.GetValues<EvidenceStrength>().Select(value => value.Word())]);
        Option<string> freshness = new Option<string>("--freshness") { Description = "challenge, or epoch for boards that sleep.", DefaultValueFactory = _ => FreshnessMode.Challenge.Word() }
            .AcceptOnlyFromAmong([.. Enum.GetValues<FreshnessMode>().Select(value => value.Word())]);
        Option<string> output = CommonOptions.Path("--out", "Enrolment records for the verifier (JSON Lines). With HMAC keys they are secret too.");
        Option<string?> secrets = CommonOptions.OptionalPath("--secrets-out", "What the factory writes into each board (JSON Lines, secret); line.secrets.jsonl beside line.jsonl when left out.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("provision", "Makes identities, keys and enrolment records for new boards.")
        {
            count, board, organisation, keyType, strength, freshness, output, secrets, force, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string boardPath = parsed.GetRequiredValue(board);
            BoardDescription description = BoardFile.Read(boardPath);
            ProvisioningPlan plan = new(
                description.Class ?? throw BoardFile.IsTemplate(boardPath, "class"),
                description.OemId ?? throw BoardFile.IsTemplate(boardPath, "oemid"),
                parsed.GetRequiredValue(organisation),
                parsed.GetRequiredValue(keyType),
                parsed.GetRequiredValue(strength),
                parsed.GetRequiredValue(freshness));
            string path = parsed.GetRequiredValue(output);
            string secretsPath = parsed.GetValue(secrets) ?? Path.ChangeExtension(path, $".secrets{Path.GetExtension(path)}");
            OutputFile.RequireFree(parsed.GetValue(force), path, secretsPath);
            FactoryLine.Run(context.Terminal, plan, (int)parsed.GetRequiredValue(count), path, secretsPath, cancellation);
            Report(context, parsed.GetRequiredValue(count), path, secretsPath, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }

    private static void Report(CliContext context, long count, string path, string secretsPath, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { boards = count, records = path, secrets = secretsPath });
            return;
        }

        context.Terminal.WriteFields(("boards", $"{count}"), ("records", path), ("secrets", secretsPath));
        context.Terminal.WriteLine($"enrol them with: iotattest device enrol {path}");
    }
}
