namespace IotAttest.Service.Transfers;

/// <summary>A stored transfer.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Kid">The sender's key, as the database has it.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="Boards">How many.</param>
/// <param name="Last">What was decided last: Offered, Accepted, Declined or Withdrawn.</param>
internal sealed record Transfer(string Id, string From, string To, long Kid, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, long Boards, TransferState Last)
{
    public TransferState StateAt(DateTimeOffset now) => Last == TransferState.Offered && now > ExpiresAt ? TransferState.Expired : Last;

    public bool Concerns(string? organisation) => organisation is not null && (From == organisation || To == organisation);
}
