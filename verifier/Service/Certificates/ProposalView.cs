using IotAttest.Domain.Certificates;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates;

/// <summary>A proposal as its body sees it.</summary>
/// <param name="Proposal">Its number, which a confirmation names.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="Decision">issue, suspend, extend, resume, withdraw or revoke.</param>
/// <param name="State">open, confirmed or lapsed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">End of a suspension.</param>
/// <param name="Actions">What the holder has to do.</param>
/// <param name="ProposedBy">The person; empty for whoever holds the token of the organisation.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="ConfirmBy">Last moment at which another person can confirm it.</param>
internal sealed record ProposalView(
    long Proposal,
    string Certificate,
    string Decision,
    string State,
    string Reason,
    string? Until,
    IReadOnlyList<string> Actions,
    string ProposedBy,
    string ProposedAt,
    string ConfirmBy)
{
    public static ProposalView Of(ProposalRow row, bool isConfirmed, DateTimeOffset now)
    {
        DateTimeOffset last = row.At + SecondPerson.Window;
        string state = isConfirmed ? "confirmed" : now > last ? "lapsed" : "open";
        ProposedDecision decision = row.ToDecision();
        return new ProposalView(
            row.Id,
            row.CertificateId,
            decision.Kind.Word(),
            state,
            decision.Reason,
            UtcText.Of(decision.Until),
            decision.RequestedActions,
            row.Person,
            UtcText.Of(row.At),
            UtcText.Of(last));
    }
}

/// <summary>The last proposals about a certificate, newest first.</summary>
internal sealed record ProposalListView(string Certificate, IReadOnlyList<ProposalView> Proposals);

/// <summary>Some proposals that wait for a second person; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record OpenProposalPage(IReadOnlyList<ProposalView> Proposals, string? Next);
