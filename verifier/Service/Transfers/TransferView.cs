using IotAttest.Service.Hosting;

namespace IotAttest.Service.Transfers;

/// <summary>A transfer in a list.</summary>
internal record TransferView(string Id, string From, string To, string State, string IssuedAt, string ExpiresAt, long Boards)
{
    public static TransferView Of(Transfer transfer, DateTimeOffset now) =>
        new(transfer.Id, transfer.From, transfer.To, transfer.StateAt(now).ToString(), UtcText.Of(transfer.IssuedAt), UtcText.Of(transfer.ExpiresAt), transfer.Boards);
}

/// <summary>A transfer with its boards, its log, and the statement as it was signed (base64url).</summary>
internal sealed record TransferDetailView(
    string Id, string From, string To, string State, string IssuedAt, string ExpiresAt, long Boards, IReadOnlyList<string> Ueids, IReadOnlyList<TransferEventView> Events, string Statement)
    : TransferView(Id, From, To, State, IssuedAt, ExpiresAt, Boards);

/// <summary>One entry of a transfer's log.</summary>
internal sealed record TransferEventView(string At, string Event, string DecidedBy, string Reason);

/// <summary>A page of transfers, newest first.</summary>
internal sealed record TransferPage(IReadOnlyList<TransferView> Transfers, string? Next);
