using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Commands.Watch;

/// <summary><c>watch</c>: the fleet in a terminal, live.</summary>
internal static class WatchCommand
{
    public static Command Create(CliContext context)
    {
        Option<bool> once = new("--once") { Description = "Show the fleet as it is and end." };
        Option<bool> json = new("--json") { Description = "One JSON object a line: the fleet first, then each event." };
        Command command = new("watch", "Shows the boards you may see: how many are how, those that need somebody, and what changes. Ctrl-C ends it.") { once, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            FleetReader reader = new(client);
            bool isOnce = parsed.GetValue(once);
            if (parsed.GetValue(json))
            {
                await WatchLines.RunAsync(reader, line => context.Terminal.Out.WriteLine(line), isOnce, cancellation);
            }
            else if (isOnce || !context.Terminal.IsInteractive)
            {
                await WatchText.RunAsync(reader, context.Terminal, isOnce, cancellation);
            }
            else
            {
                await WatchScreen.RunAsync(reader, context.Terminal.ResultConsole(), cancellation);
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
