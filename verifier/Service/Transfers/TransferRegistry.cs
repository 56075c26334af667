using System.Buffers.Text;
using System.Data.Common;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Transfers;

/// <summary>Boards pass from one organisation to another: offered under the sender's signature, accepted by the receiver. The maker stays the maker.</summary>
internal sealed class TransferRegistry(Database database, StoreWriter writer, DeviceDirectory devices, TransferRules rules, TimeProvider clock)
{
    private const int MaxNamed = 5;

    /// <summary>Offers boards. The same statement again is answered as before while the offer stands, and refused as a replay afterwards.</summary>
    public async Task<(TransferDetailView View, bool IsNew)> OfferAsync(Caller caller, byte[] file, CancellationToken cancellation)
    {
        (TransferStatement statement, Kid kid) = rules.Admit(caller, file);
        bool isNew = await writer.ExecuteAsync((connection, transaction) => Offer(connection, transaction, caller, statement, kid, file), cancellation: cancellation);
        return (View(statement.Id), isNew);
    }

    /// <summary>The boards become the receiver's.</summary>
    public async Task<TransferDetailView> AcceptAsync(Transfer transfer, Caller caller, string reason, CancellationToken cancellation)
    {
        await writer.ExecuteAsync((connection, transaction) => Accept(connection, transaction, transfer.Id, caller, reason), Publish, cancellation);
        return View(transfer.Id);
    }

    /// <summary>Ends an offer: declined by its receiver, or withdrawn by its sender.</summary>
    public async Task<TransferDetailView> EndAsync(Transfer transfer, TransferState end, Caller caller, string reason, CancellationToken cancellation)
    {
        await writer.ExecuteAsync(
            (connection, transaction) =>
            {
                RequireOpen(connection, transaction, transfer.Id);
                TransferTable.InsertEvent(connection, transaction, transfer.Id, end, caller.Name, reason, Now());
            },
            cancellation);
        return View(transfer.Id);
    }

    /// <exception cref="ProblemException">No such transfer, or none that concerns the caller: the answer does not tell which.</exception>
    public Transfer Find(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        return TransferTable.Find(connection, null, id) is { } transfer && (DeviceSight.CanSeeAll(caller) || transfer.Concerns(caller.Organisation))
            ? transfer
            : throw Refuse.NotFound("no transfer of that id that you may see", "the id of a transfer from or to you");
    }

    public TransferPage List(Caller caller, Paging paging)
    {
        using DbConnection connection = database.Open();
        (IReadOnlyList<Transfer> transfers, string? next) = TransferTable.List(connection, DeviceSight.CanSeeAll(caller) ? null : caller.Organisation, paging);
        return new TransferPage([.. transfers.Select(transfer => TransferView.Of(transfer, clock.GetUtcNow()))], next);
    }

    public TransferDetailView View(string id)
    {
        using DbConnection connection = database.Open();
        TransferView shown = TransferView.Of(TransferTable.Find(connection, null, id)!, clock.GetUtcNow());
        return new TransferDetailView(
            shown.Id,
            shown.From,
            shown.To,
            shown.State,
            shown.IssuedAt,
            shown.ExpiresAt,
            shown.Boards,
            [.. TransferTable.BoardsOf(connection, null, id).Select(board => Convert.ToHexStringLower(board.Ueid))],
            TransferTable.EventsOf(connection, id),
            Base64Url.EncodeToString(TransferTable.StatementOf(connection, null, id)));
    }

    private bool Offer(DbConnection connection, DbTransaction transaction, Caller caller, TransferStatement statement, Kid kid, byte[] file)
    {
        if (TransferTable.Find(connection, transaction, statement.Id) is { } known)
        {
            bool isRepeat = TransferTable.StatementOf(connection, transaction, statement.Id).AsSpan().SequenceEqual(file) && known.StateAt(clock.GetUtcNow()) == TransferState.Offered;
            return isRepeat ? false : throw Refuse.Conflict($"a statement whose id was used ({known.StateAt(clock.GetUtcNow())})", "each statement once", "Sign a new one, with an id of its own.");
        }

        List<string> strange = [];
        List<string> taken = [];
        List<long> boards = new(statement.Ueids.Count);
        foreach (string ueid in statement.Ueids)
        {
            long? board = TransferTable.FindBoard(connection, transaction, Convert.FromHexString(ueid), statement.From);
            (board is null ? strange : TransferTable.IsOffered(connection, transaction, board.Value, Now()) ? taken : null)?.Add(ueid);
            boards.AddRange(board is { } id ? [id] : []);
        }

        RequireNone(strange, "that are not yours or out of service", "boards that you have, in service", "Leave them out.");
        RequireNone(taken, "in an offer that is still open", "boards in no open offer", "Withdraw the other offer first.");
        TransferTable.Insert(connection, transaction, statement, kid.Value, file, boards);
        TransferTable.InsertEvent(connection, transaction, statement.Id, TransferState.Offered, caller.Name, "", Now());
        return true;
    }

    private (string Owner, List<string> Ueids) Accept(DbConnection connection, DbTransaction transaction, string id, Caller caller, string reason)
    {
        Transfer transfer = RequireOpen(connection, transaction, id);
        if (!rules.IsInUse(transfer.From, transfer.Kid))
        {
            throw Refuse.Conflict("an offer under a key that was removed since", "a key that its sender still signs with", "Ask the sender for a new offer.");
        }

        List<(long Id, byte[] Ueid, bool IsSenders)> boards = TransferTable.BoardsOf(connection, transaction, id);
        RequireNone([.. boards.Where(board => !board.IsSenders).Select(board => Convert.ToHexStringLower(board.Ueid))], "that the sender no longer has, or that left service", "boards that the sender has, in service", "Ask the sender for a new offer.");
        foreach ((long board, byte[] bytes, _) in boards)
        {
            DeviceTable.UpdateOwner(connection, transaction, board, transfer.To);
            DeviceState state = devices.TryFindByUeid(Convert.ToHexStringLower(bytes), out DeviceEntry? device) ? device.Current.Newest : DeviceState.New;
            HistoryTable.Insert(connection, transaction, board, state, $"transferred from {transfer.From} to {transfer.To} ({id}), accepted by {caller.Name}", Now());
        }

        TransferTable.InsertEvent(connection, transaction, id, TransferState.Accepted, caller.Name, reason, Now());
        return (transfer.To, [.. boards.Select(board => Convert.ToHexStringLower(board.Ueid))]);
    }

    private void Publish((string Owner, List<string> Ueids) accepted)
    {
        foreach (string ueid in accepted.Ueids)
        {
            if (devices.TryFindByUeid(ueid, out DeviceEntry? device))
            {
                device.Owner = accepted.Owner;
            }
        }
    }

    private Transfer RequireOpen(DbConnection connection, DbTransaction transaction, string id)
    {
        Transfer transfer = TransferTable.Find(connection, transaction, id)!;
        TransferState state = transfer.StateAt(clock.GetUtcNow());
        return state == TransferState.Offered ? transfer : throw Refuse.Conflict($"a transfer that is {state}", "one that is Offered", "Ask the sender for a new offer.");
    }

    private static void RequireNone(List<string> ueids, string seen, string expected, string todo)
    {
        if (ueids.Count > 0)
        {
            string named = string.Join(", ", ueids.Take(MaxNamed));
            throw Refuse.Conflict($"{ueids.Count} boards {seen} ({named}{(ueids.Count > MaxNamed ? ", ..." : "")})", expected, todo);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
