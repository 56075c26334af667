using System.CommandLine;
using IotAttest.Cli.Bench;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Hosting;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Commands.Bench;

/// <summary><c>bench</c>: how fast, how slow at worst, how large; always beside what this machine can do at most.</summary>
internal static class BenchCommand
{
    private const int DefaultBoards = 200;
    private const int DefaultFill = 100_000;
    private const int DefaultSeconds = 5;
    private const string Es256 = "es256";
    private const string Hmac = "hmac";

    public static Command Create(CliContext context)
    {
        Option<int> seconds = CountOption.Create("--seconds", "How long each measurement takes.", DefaultSeconds);
        Option<int> boards = CountOption.Create("--boards", "Boards that attest at the same time.", DefaultBoards);
        Option<int> fill = CountOption.Create("--fill", "Boards that are enrolled for the memory figure; 0 leaves it out.", DefaultFill);
        Option<bool> inProcessOnly = new("--in-process") { Description = "Only the appraisal, without MQTT and store." };
        Option<bool> mosquitto = new("--mosquitto") { Description = "End to end through a Mosquitto as well; one is started, and must be on PATH." };
        Option<bool> rabbit = new("--rabbitmq") { Description = "End to end through a RabbitMQ node as well; one is started, and rabbitmq-server and epmd must be on PATH." };
        Option<string?> kind = new Option<string?>("--kind") { Description = "Boards with keys of this kind only; both kinds when left out." }.AcceptOnlyFromAmong(Es256, Hmac);
        Option<string?> postgres = new("--postgres") { Description = "End to end on PostgreSQL as well: how to reach a server where databases may be made and dropped, as in \"Host=127.0.0.1;Username=postgres\".", HelpName = "CONNECTION" };
        Command command = new("bench", "Measures appraisal in process and end to end over MQTT.")
        {
            seconds,
            boards,
            fill,
            inProcessOnly,
            kind,
            mosquitto,
            rabbit,
            postgres,
            FleetBenchCommands.CreateScale(context),
            FleetBenchCommands.CreateReappraise(context),
            FleetBenchCommands.CreateGate(context),
            FleetBenchCommands.CreateConnections(context),
            VeraisonBenchCommand.Create(context),
        };
        BenchOutput output = BenchOutput.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            BenchPlan plan = new(
                TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                parsed.GetValue(boards),
                parsed.GetValue(fill),
                parsed.GetValue(inProcessOnly),
                KindsOf(parsed.GetValue(kind)),
                parsed.GetValue(mosquitto),
                parsed.GetValue(rabbit) ? BenchServers.RequireRabbit(context) : null,
                parsed.GetValue(postgres));
            Check(plan);

            // The load generator shares the machine with what it measures.
            SocketThreads.HandleEvents(context);
            await BenchServers.RequireAsync(plan, cancellation);
            BenchReport figures = await BenchRun.RunAsync(plan, context.Terminal.WriteNote, cancellation);
            return await output.WriteAsync(context, parsed, figures, BenchTables.TextOf, cancellation);
        });
        return command;
    }

    /// <summary>The kinds that a word of <c>--kind</c> means; null for all.</summary>
    internal static DeviceKeyKind[] KindsOf(string? word) => word switch
    {
        Es256 => [DeviceKeyKind.P256],
        Hmac => [DeviceKeyKind.Hmac],
        _ => [DeviceKeyKind.P256, DeviceKeyKind.Hmac],
    };

    private static void Check(BenchPlan plan)
    {
        if (plan.Duration < TimeSpan.FromSeconds(1) || plan.Boards is < 1 or > 10_000 || plan.Fill is < 0 or > 1_000_000)
        {
            throw CliException.WrongUsage(
                $"--seconds {plan.Duration.TotalSeconds}, --boards {plan.Boards}, --fill {plan.Fill}",
                "1 or more seconds, 1 to 10,000 boards, 0 to 1,000,000 boards to fill",
                "choose values in these ranges");
        }
    }
}
