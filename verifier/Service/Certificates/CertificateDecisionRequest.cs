using System.Text.Json;
using IotAttest.Domain.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>The body of a decision: a proposal by its first person, or the confirmation of one.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record CertificateDecisionRequest(string Decision, string? Reason, string? Until, IReadOnlyList<string>? Actions, bool? ActionsVerified, long? Proposal)
{
    private const string Confirm = "confirm";
    private const int MaxWordLength = 32;
    private const int MaxReasonLength = 1000;
    private const int MaxActions = 16;
    private const int MaxActionLength = 300;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static CertificateDecisionRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "decision", "reason", "until", "actions", "actionsVerified", "proposal");
        string decision = fields.Text("decision", MaxWordLength);
        if (decision == Confirm)
        {
            RequireAbsent(fields, decision, "reason", "until", "actions", "actionsVerified");
            return new CertificateDecisionRequest(decision, null, null, null, null, ProposalOf(fields));
        }

        return DecisionWords.TryParse(decision, out DecisionKind kind)
            ? ParseDecision(fields, decision, kind)
            : throw fields.Wrong("decision", $"\"{decision}\"", string.Join(", ", DecisionWords.All.Append(Confirm)));
    }

    /// <summary>The proposal to confirm; null for a decision of its own.</summary>
    public long? Confirmed => Decision == Confirm ? Proposal : null;

    /// <summary>The decision; only when <see cref="Confirmed"/> is null.</summary>
    /// <exception cref="ProblemException">The end is no day and no moment.</exception>
    public ProposedDecision ToDecision() => DecisionWords.TryParse(Decision, out DecisionKind kind)
        ? new ProposedDecision(kind, Reason!)
        {
            Until = Until is null ? null : MomentText.Parse("until", Until).Moment,
            RequestedActions = [.. Actions ?? []],
            AreActionsVerified = ActionsVerified == true,
        }
        : throw new InvalidOperationException("A confirmation is no decision of its own.");

    private static CertificateDecisionRequest ParseDecision(RequestFields fields, string decision, DecisionKind kind)
    {
        RequireAbsent(fields, decision, "proposal");
        bool isSuspension = kind is DecisionKind.Suspend or DecisionKind.Extend;
        RequireAbsent(fields, decision, isSuspension ? [] : ["until", "actions"]);
        RequireAbsent(fields, decision, kind == DecisionKind.Resume ? [] : ["actionsVerified"]);
        return new CertificateDecisionRequest(
            decision,
            fields.Text("reason", MaxReasonLength),
            fields.OptionalText("until", MaxWordLength),
            fields.Texts("actions", MaxActions, MaxActionLength),
            VerifiedOf(fields),
            null);
    }

    private static void RequireAbsent(RequestFields fields, string decision, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (fields.Element(name) is not null)
            {
                throw fields.Wrong(name, $"given with \"{decision}\"", "no such member with this decision");
            }
        }
    }

    private static bool? VerifiedOf(RequestFields fields) => fields.Element("actionsVerified") switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw fields.Wrong("actionsVerified", $"{other.ValueKind}", "true or false"),
    };

    private static long ProposalOf(RequestFields fields) => fields.Element("proposal") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long id)
        ? id
        : throw fields.Wrong("proposal", fields.Element("proposal") is null ? "absent" : "no whole number", "the number of a proposal (GET /v1/certificates/{id}/proposals)");
}
