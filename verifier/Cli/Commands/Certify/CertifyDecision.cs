using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify suspend|extend|resume|withdraw|revoke</c>: a decision of the body, never without a reason.</summary>
internal static class CertifyDecision
{
    /// <summary>A decision that needs nothing but its reason.</summary>
    public static Command Create(CliContext context, string decision, string description) => Create(context, decision, description, [], (_, _) => { });

    public static Command CreateSuspend(CliContext context)
    {
        Option<DateTimeOffset?> until = TimeOption.End("--until", "End of the suspension; the scheme's limit when left out.");
        Option<string[]> actions = Actions();
        return Create(context, "suspend", "Suspends a certificate: not in force until it is resumed.", [until, actions], (parsed, request) =>
        {
            AddUntil(request, parsed.GetValue(until));
            AddActions(request, parsed.GetValue(actions));
        });
    }

    public static Command CreateExtend(CliContext context)
    {
        Option<DateTimeOffset?> until = TimeOption.End("--until", "The new end of the suspension.", isRequired: true);
        Option<string[]> actions = Actions();
        return Create(context, "extend", "Gives a suspension a later end.", [until, actions], (parsed, request) =>
        {
            AddUntil(request, parsed.GetValue(until));
            AddActions(request, parsed.GetValue(actions));
        });
    }

    public static Command CreateResume(CliContext context)
    {
        Option<bool> verified = new("--actions-verified") { Description = "You checked that what was requested was done." };
        return Create(context, "resume", "Puts a suspended certificate back in force.", [verified], (parsed, request) =>
        {
            if (parsed.GetValue(verified))
            {
                request["actionsVerified"] = true;
            }
        });
    }

    private static Command Create(CliContext context, string decision, string description, Option[] more, Action<ParseResult, Dictionary<string, object>> complete)
    {
        Argument<string> id = CertificateCall.Id();
        Option<string> reason = CommonOptions.Text("--reason", "Why; everybody can read it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new(decision, description) { id, reason };
        foreach (Option option in more)
        {
            command.Options.Add(option);
        }

        command.Options.Add(json);
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Dictionary<string, object> request = new() { ["decision"] = decision, ["reason"] = parsed.GetRequiredValue(reason) };
            complete(parsed, request);
            using VerifierClient client = server.Connect(context, parsed);
            await CertificateCall.DecideAsync(context, client, parsed.GetRequiredValue(id), request, parsed.GetValue(json), cancellation);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<string[]> Actions() => new("--action") { Description = "What the holder has to do; may stand several times." };

    private static void AddUntil(Dictionary<string, object> request, DateTimeOffset? until)
    {
        if (until is { } end)
        {
            request["until"] = UtcText.Of(end);
        }
    }

    private static void AddActions(Dictionary<string, object> request, string[]? actions)
    {
        if (actions is { Length: > 0 })
        {
            request["actions"] = actions;
        }
    }
}
