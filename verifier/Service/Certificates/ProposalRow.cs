using IotAttest.Domain.Certificates;

namespace IotAttest.Service.Certificates;

/// <summary>A row of the table certificate_proposals.</summary>
internal sealed class ProposalRow
{
    public const string Columns = "id, certificate_id AS CertificateId, body, person, proposed_at AS ProposedAt, kind, reason, until, actions, verified, file";

    public long Id { get; init; }

    public string CertificateId { get; init; } = "";

    public string Body { get; init; } = "";

    public string Person { get; init; } = "";

    public long ProposedAt { get; init; }

    public long Kind { get; init; }

    public string Reason { get; init; } = "";

    public long? Until { get; init; }

    public string Actions { get; init; } = "";

    public long Verified { get; init; }

    public byte[]? File { get; init; }

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(ProposedAt);

    public DecisionKind Decision => (DecisionKind)Kind;

    public ProposedDecision ToDecision() => new(Decision, Reason)
    {
        Until = Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        RequestedActions = [.. Actions.Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        AreActionsVerified = Verified != 0,
    };
}
