using System.CommandLine;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Case;

/// <summary><c>case assign|note|decide</c>: what is done in a case; nothing of it can be taken back.</summary>
internal static class CaseActions
{
    public static Command CreateAssign(CliContext context)
    {
        Option<string> person = CommonOptions.Text("--person", "The person; of an appeal nobody who took the contested decision.");
        return CaseCall.CreateAction(context, "assign", "Makes a person of your organisation responsible.", [person], (parsed, request) => request["person"] = parsed.GetRequiredValue(person));
    }

    public static Command CreateNote(CliContext context)
    {
        Option<string> rationale = CommonOptions.Text("--rationale", "What is to be said; the parties read it.");
        Option<string?> clock = CommonOptions.OptionalText("--clock", "The clock that it meets.");
        Option<string?> confidential = Confidential();
        return CaseCall.CreateAction(context, "note", "Records something.", [rationale, clock, confidential], (parsed, request) =>
        {
            request["rationalePublic"] = parsed.GetRequiredValue(rationale);
            Add(request, "clock", parsed.GetValue(clock));
            Add(request, "rationaleConfidential", parsed.GetValue(confidential));
        });
    }

    public static Command CreateDecide(CliContext context)
    {
        Option<string> outcome = CommonOptions.Text("--outcome", "How it ends, in the words of its type (case show).");
        Option<string> rationale = CommonOptions.Text("--rationale", "Why; the parties read it, and of an appeal everybody.");
        Option<string?> confidential = Confidential();
        Option<string?> dissent = CommonOptions.OptionalText("--dissent", "Who disagreed, and why.");
        return CaseCall.CreateAction(context, "decide", "Decides a case for ever.", [outcome, rationale, confidential, dissent], (parsed, request) =>
        {
            request["outcome"] = parsed.GetRequiredValue(outcome);
            request["rationalePublic"] = parsed.GetRequiredValue(rationale);
            Add(request, "rationaleConfidential", parsed.GetValue(confidential));
            Add(request, "dissent", parsed.GetValue(dissent));
        });
    }

    private static Option<string?> Confidential() => CommonOptions.OptionalText("--confidential", "What stays with your organisation.");

    private static void Add(Dictionary<string, object> request, string name, string? value)
    {
        if (value is not null)
        {
            request[name] = value;
        }
    }
}
