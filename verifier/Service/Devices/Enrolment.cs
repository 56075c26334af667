using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Enrols boards, many in one change of the store.</summary>
internal sealed class Enrolment(StoreWriter writer, DeviceDirectory directory, DeviceTable table, EnrolmentRules rules, TimeProvider clock)
{
    /// <summary>Reads and admits one record; a refusal is an outcome, not an exception.</summary>
    public Func<DbConnection, DbTransaction, EnrolmentOutcome> Prepare(Caller caller, ReadOnlyMemory<byte> json)
    {
        try
        {
            EnrolmentRecord record = rules.Admit(caller, EnrolmentRecord.Parse(json));
            return (connection, transaction) => EnrolOne(connection, transaction, caller, record);
        }
        catch (ProblemException refusal)
        {
            EnrolmentOutcome refused = Refused(null, refusal.Problem);
            return (_, _) => refused;
        }
    }

    /// <summary>Enrols what was prepared, in one change; returns once it is durable.</summary>
    public Task<EnrolmentOutcome[]> EnrolAsync(IReadOnlyList<Func<DbConnection, DbTransaction, EnrolmentOutcome>> prepared, CancellationToken cancellation) => writer.ExecuteAsync<EnrolmentOutcome[]>(
        (connection, transaction) => [.. prepared.Select(enrol => enrol(connection, transaction))],
        Publish,
        cancellation);

    public static EnrolmentOutcome Refused(string? ueid, Problem problem) => new(ueid, null, null, null, problem);

    private void Publish(EnrolmentOutcome[] outcomes)
    {
        foreach (EnrolmentOutcome outcome in outcomes)
        {
            if (outcome.Added is { } added)
            {
                directory.Put(added);
            }

            if (outcome.NewOwner is { } owner && directory.TryFindByUeid(outcome.Ueid!, out DeviceEntry? device))
            {
                device.Owner = owner;
            }
        }
    }

    /// <summary>Enrols an admitted record within a change of the store.</summary>
    public EnrolmentOutcome EnrolOne(DbConnection connection, DbTransaction transaction, Caller caller, EnrolmentRecord record)
    {
        byte[]? mark = table.MarkOf(record.Key);
        string credential = record.Credential ?? DeviceCredential.New();
        byte[] hash = DeviceCredential.HashOf(credential);
        if (table.TryInsert(connection, transaction, record, mark, hash, clock.GetUtcNow().ToUnixTimeMilliseconds()) is { } id)
        {
            DeviceEntry entry = new(id, record.Identity, record.Key.Material, hash, DeviceState.New) { Owner = record.Owner };
            return new EnrolmentOutcome(record.Identity.Ueid, record.Key.Kid.ToString(), record.Credential is null ? credential : null, entry, null);
        }

        List<DeviceRow> rivals = DeviceTable.FindRivals(connection, transaction, record.UeidBytes, record.Identity.Kid, mark);
        return rivals.Find(row => row.Ueid.AsSpan().SequenceEqual(record.UeidBytes)) is { } same
            ? EnrolAgain(connection, transaction, caller, record, same, mark)
            : Refused(record.Identity.Ueid, KeyTaken().Problem);
    }

    private EnrolmentOutcome EnrolAgain(DbConnection connection, DbTransaction transaction, Caller caller, EnrolmentRecord record, DeviceRow stored, byte[]? mark)
    {
        string[] different = EnrolmentComparison.Differences(record, stored, mark);
        EnrolmentOutcome same = new(record.Identity.Ueid, record.Key.Kid.ToString(), null, null, null);
        if (different.Length == 0)
        {
            return same;
        }

        // An integrator's record names itself as owner: it must not take a board over with that.
        if (!EnrolmentComparison.IsOwnerAlone(different) || !caller.ActsAs(Roles.Manufacturer, stored.Manufacturer))
        {
            return Refused(record.Identity.Ueid, EnrolmentComparison.Conflict(different).Problem);
        }

        ChangeOwner(connection, transaction, stored.Id, record, $"owner changed to {record.Owner} by {caller.Name}");
        return same with { NewOwner = record.Owner };
    }

    private void ChangeOwner(DbConnection connection, DbTransaction transaction, long id, EnrolmentRecord record, string cause)
    {
        DeviceTable.UpdateOwner(connection, transaction, id, record.Owner!);

        // Enrolled in this very transaction, a board is not in the directory yet.
        DeviceState state = directory.TryFindByUeid(record.Identity.Ueid, out DeviceEntry? found) ? found.Current.Newest : DeviceState.New;
        HistoryTable.Insert(connection, transaction, id, state, cause, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>A key on two boards would let one speak for the other.</summary>
    public static ProblemException KeyTaken() =>
        Refuse.Conflict("a key that another board has", "a key of this board alone", "Make a new random key for this board.");
}
