using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
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
        Option<string?> boardLines = CommonOptions.OptionalPath("--board-lines", "One line for each board's provisioning firmware (secret); for boards with the native module.");
        Option<string?> states = new("--state-dir") { Description = "A folder for each board with its first device state (secret): the files to put on I:.", HelpName = "DIR" };
        Option<string?> hardwareVersion = CommonOptions.OptionalText("--hardware-version", "What the boards say as hardware version; goes into the board lines.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("provision", "Makes identities, keys and enrolment records for new boards.")
        {
            count, board, organisation, keyType, strength, freshness, output, secrets, boardLines, states, hardwareVersion, force, json,
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
                parsed.GetRequiredValue(freshness))
            {
                HardwareVersion = parsed.GetValue(hardwareVersion) ?? "",
            };
            string path = parsed.GetRequiredValue(output);
            string secretsPath = parsed.GetValue(secrets) ?? Path.ChangeExtension(path, $".secrets{Path.GetExtension(path)}");
            LinePaths paths = new(path, secretsPath, parsed.GetValue(boardLines), parsed.GetValue(states));
            RequireStrength(description, plan.Strength);
            RequireFit(plan, paths);
            FactoryReport report = Run(context, plan, (int)parsed.GetRequiredValue(count), paths, parsed.GetValue(force), cancellation);
            Report(context, report, paths, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }

    private static FactoryReport Run(CliContext context, ProvisioningPlan plan, int count, LinePaths paths, bool mayReplace, CancellationToken cancellation)
    {
        bool isContinued = RunJournal.Exists(paths) && !mayReplace;
        if (!isContinued)
        {
            RequireFree(paths, mayReplace);
        }

        JsonObject arguments = plan.ToJson(count, paths);
        using RunJournal journal = isContinued ? RunJournal.Continue(paths, arguments) : RunJournal.Begin(paths, arguments);
        FactoryReport report = FactoryLine.Run(context.Terminal, plan, count, paths, isContinued, cancellation);
        journal.Complete();
        return report;
    }

    private static void RequireStrength(BoardDescription board, string strength)
    {
        EvidenceStrength strongest = board.StrongestEvidence;
        if (Enum.GetValues<EvidenceStrength>().Any(value => value > strongest && value.Word() == strength))
        {
            throw CliException.WrongUsage(
                $"--strength {strength} for a board with keyStorage {board.KeyStorage} and secureBoot {board.SecureBoot}",
                $"{strongest.Word()} at most: {EvidenceStrength.HardwareRooted.Word()} needs a key in eFuse or a secure element, and secure boot",
                $"pass --strength {strongest.Word()}, or correct the board description");
        }
    }

    private static void RequireFit(ProvisioningPlan plan, LinePaths paths)
    {
        if (paths.All.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Count() != paths.All.Length)
        {
            throw CliException.WrongUsage("one file named twice", "a name of its own for records, secrets, board lines and device states", "choose another name");
        }

        if (paths.BoardLines is null && plan.HardwareVersion.Length > 0)
        {
            throw CliException.WrongUsage("--hardware-version without --board-lines", "both: the version goes into the board lines", "add --board-lines FILE");
        }

        if (paths.BoardLines is not null && plan.IsSelfReported)
        {
            throw CliException.WrongUsage($"--board-lines with --strength {plan.Strength}", "boards with the native module, whose evidence is not self-reported", "leave --board-lines out, or pass --strength native");
        }

        if (paths.StateFolder is not null && plan.IsSelfReported && plan.KeyType != ProvisionedBoard.Hmac)
        {
            throw CliException.WrongUsage($"--state-dir with --strength {plan.Strength} and --key-type {plan.KeyType}", "an HMAC key, the only kind that the agent of stock firmware holds", "pass --key-type hmac, or leave --state-dir out");
        }

        if (!BoardLine.Takes(plan.HardwareVersion))
        {
            throw CliException.WrongUsage($"--hardware-version of {plan.HardwareVersion.Length} characters", $"at most {BoardLine.MaxVersionLength} printable ASCII characters", "shorten it");
        }
    }

    private static void RequireFree(LinePaths paths, bool mayReplace)
    {
        OutputFile.RequireFree(mayReplace, paths.Files);
        if (paths.StateFolder is { } folder)
        {
            StateFolder.RequireEmpty(folder);
        }
    }

    private static void Report(CliContext context, FactoryReport report, LinePaths paths, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(JsonOf(report, paths));
            return;
        }

        context.Terminal.WriteFields(
            ("boards", $"{report.Before + report.Made}"),
            ("continued", report.Before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{report.Before} boards were there, {report.Made} were made now") : null),
            ("rate", report.Made > 0 ? string.Create(CultureInfo.InvariantCulture, $"{report.Rate} boards/s") : null),
            ("records", paths.Records),
            ("secrets", paths.Secrets),
            ("board lines", paths.BoardLines),
            ("states", paths.StateFolder));
        context.Terminal.WriteLine($"enrol them with: iotattest device enrol {paths.Records}");
    }

    private static JsonObject JsonOf(FactoryReport report, LinePaths paths)
    {
        JsonObject json = new()
        {
            ["boards"] = report.Before + report.Made,
            ["continuedFrom"] = report.Before,
            ["boardsPerSecond"] = report.Rate,
            ["records"] = paths.Records,
            ["secrets"] = paths.Secrets,
        };
        if (paths.BoardLines is not null)
        {
            json["boardLines"] = paths.BoardLines;
        }

        if (paths.StateFolder is not null)
        {
            json["states"] = paths.StateFolder;
        }

        return json;
    }
}
