using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Simulation;

namespace IotAttest.Cli.Commands.Simulate;

/// <summary><c>simulate</c>: boards running the real agent sources against any verifier.</summary>
internal static class SimulateCommand
{
    private const int MaxCount = 100_000;

    public static Command Create(CliContext context)
    {
        Option<int> count = new("--count") { Description = $"How many boards, 1 to {MaxCount}.", DefaultValueFactory = _ => 10 };
        Option<string?> identities = CommonOptions.OptionalPath("--identities", "Boards that were provisioned already: the secrets file of device provision, instead of --count.");
        Option<bool> enrol = new("--enrol") { Description = "Enrol the boards first; needs a token and --organisation. Boards of the built-in product always are." };
        Option<string?> data = new("--data") { Description = "Keep identities, boot counts and flash here, and use those of an earlier run.", HelpName = "DIR" };
        Option<int> tamper = new("--tamper") { Description = "Once all boards have a result, flip one bit of the deployment on so many and restart them." };
        Option<bool> once = new("--once") { Description = "End as soon as every board has a result: exit code 0; with --for, 3 when one has none by then." };
        Option<TimeSpan> time = DurationOption.Create("--for", "End by itself after this time; 0s runs until Ctrl-C.", TimeSpan.Zero);
        Option<bool> json = CommonOptions.Json();
        Command command = new("simulate", "Runs boards on this machine: the agent's real source code over flash images in files.") { count, identities };
        SimulateOptions boards = SimulateOptions.AddTo(command);
        command.Options.Add(enrol);
        command.Options.Add(data);
        command.Options.Add(tamper);
        command.Options.Add(once);
        command.Options.Add(time);
        command.Options.Add(json);
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            int size = parsed.GetValue(count);
            CheckCount(size);
            using SimulationFolder folder = SimulationFolder.Open(parsed.GetValue(data));
            using BuiltInProduct? builtIn = boards.ReadBuiltIn(parsed, folder.Path);
            CheckIdentities(parsed.GetValue(identities), builtIn);
            SimulationPlan plan = boards.Read(parsed, builtIn);
            Check(plan, parsed.GetValue(tamper), parsed.GetValue(enrol));
            CheckOnce(parsed.GetValue(once), parsed.GetValue(tamper));
            using VerifierClient? client = parsed.GetValue(enrol) || builtIn is not null ? server.Connect(context, parsed) : null;
            if (client is not null && builtIn is not null)
            {
                await RegisterAsync(context, parsed, client, builtIn, builtIn.WriteManifest(folder.Path, plan.IsSelfReported), cancellation);
            }

            using SimulatedFleet fleet = new(plan, folder.Path);
            Fill(fleet, size, parsed.GetValue(identities));
            if (parsed.GetValue(identities) is not null && parsed.GetValue(data) is null)
            {
                context.Terminal.WriteNote("the boot counts of these boards are gone at the end, and a second run would look like copies of them; --data DIR keeps them.");
            }

            if (client is not null)
            {
                await BatchEnrolment.EnrolAsync(client, fleet.Identities.Select(identity => BoardEnrolment.RecordOf(identity, plan.Terms)), cancellation);
                context.Terminal.WriteNote($"{fleet.Identities.Count} boards are enrolled");
            }

            SimulationRun run = new(context.Terminal, fleet, parsed.GetValue(tamper), new SimulationEnd(parsed.GetValue(once), parsed.GetValue(time)), parsed.GetValue(json));
            return await run.RunAsync(cancellation);
        });
        return command;
    }

    private static async Task RegisterAsync(CliContext context, ParseResult parsed, VerifierClient client, BuiltInProduct product, string manifest, CancellationToken cancellation)
    {
        if (!client.HasToken)
        {
            string line = string.Join(' ', parsed.Tokens.Select(token => token.Value));
            throw CliException.WrongUsage(
                "no token", "the operator's token, which serve writes into its data directory", $"run: iotattest {line} --token-file iotattest-data/operator.token");
        }

        await BuiltInRegistration.RegisterAsync(client, product, manifest, cancellation);
        context.Terminal.WriteNote(
            $"boards of {product.Organisation} are PendingCoverage until a body certifies their build: iotattest certify issue --manifest {manifest} --scheme demo --level basic --id SIM-1 --until 2030-12-31 --key body.pem --issuer demo-cb --out c.corim; then: iotattest certify submit c.corim");
    }

    private static void CheckIdentities(string? identities, BuiltInProduct? builtIn)
    {
        if (identities is not null && builtIn is not null)
        {
            throw CliException.WrongUsage("--identities without --board", "the product that these boards were provisioned for", "add: --board my-board.json and its images");
        }
    }

    private static void CheckCount(int count)
    {
        if (count is < 1 or > MaxCount)
        {
            throw CliException.WrongUsage($"--count {count}", $"1 to {MaxCount}", "choose another number");
        }
    }

    private static void Check(SimulationPlan plan, int tampered, bool enrols)
    {
        if (tampered < 0 || (tampered > 0 && plan.IsSelfReported))
        {
            throw CliException.WrongUsage($"--tamper {tampered}", "a number of boards whose flash is measured", "leave it out for self-reported boards: they do not see their flash");
        }

        if (enrols && plan.Terms.Organisation.Length == 0)
        {
            throw CliException.WrongUsage("--enrol without --organisation", "the manufacturer of the boards", "add: --organisation NAME");
        }
    }

    private static void CheckOnce(bool isOnce, int tampered)
    {
        if (isOnce && tampered > 0)
        {
            throw CliException.WrongUsage("--once with --tamper", "one of them: --once ends where --tamper begins", "leave out --once, and give --for a time");
        }
    }

    private static void Fill(SimulatedFleet fleet, int count, string? identities)
    {
        if (identities is null)
        {
            fleet.AddNumbered(count);
            return;
        }

        foreach (IotAttest.Simulator.BoardIdentity identity in ProvisionedIdentities.Read(identities))
        {
            fleet.AddProvisioned(identity);
        }
    }
}
