using IotAttest.Domain.Certificates;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Certificates;

/// <summary>A row of the table certificate_events.</summary>
internal sealed class CertificateEventRow
{
    public const string Columns = "certificate_id AS CertificateId, at, kind, status, decided_by AS DecidedBy, reason, until, actions, superseded_by AS SupersededBy, proposal_id AS ProposalId";

    public string CertificateId { get; init; } = "";

    public long At { get; init; }

    public long Kind { get; init; }

    public long Status { get; init; }

    public string DecidedBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public long? Until { get; init; }

    public string Actions { get; init; } = "";

    public string? SupersededBy { get; init; }

    public long? ProposalId { get; init; }

    public CertificateEvent ToEvent() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), (DecisionKind)Kind, (CertificateStatus)Status, DecidedBy, Reason)
    {
        Until = Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        RequestedActions = [.. Actions.Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        IsConfirmed = ProposalId is not null,
        SupersededBy = SupersededBy,
    };
}
