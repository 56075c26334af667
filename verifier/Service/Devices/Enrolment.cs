using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Enrols boards, many in one change of the store.</summary>
internal sealed class Enrolment(StoreWriter writer, DeviceDirectory directory, DeviceTable table, EnrolmentRules rules, TimeProvider clock)
{
    /// <summary>Reads and admits one record; a refusal is an outcome, not an exception.</summary>
    public PreparedEnrolment Prepare(Caller caller, ReadOnlyMemory<byte> json)
    {
        try
        {
            return PreparedEnrolment.Of(caller, rules.Admit(caller, EnrolmentRecord.Parse(json)));
        }
        catch (ProblemException refusal)
        {
            return PreparedEnrolment.Refused(Refused(null, refusal.Problem));
        }
    }

    /// <summary>Enrols what was prepared, in one change; returns once it is durable.</summary>
    public Task<EnrolmentOutcome[]> EnrolAsync(IReadOnlyList<PreparedEnrolment> prepared, CancellationToken cancellation) =>
        writer.ExecuteAsync<EnrolmentOutcome[]>((connection, transaction) => EnrolAll(connection, transaction, prepared), Publish, cancellation);

    /// <summary>Enrols an admitted record within a change of the store.</summary>
    public EnrolmentOutcome EnrolOne(DbConnection connection, DbTransaction transaction, Caller caller, EnrolmentRecord record) =>
        EnrolRun(connection, transaction, [PreparedEnrolment.Of(caller, record)])[0];

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

    private EnrolmentOutcome[] EnrolAll(DbConnection connection, DbTransaction transaction, IReadOnlyList<PreparedEnrolment> prepared)
    {
        List<EnrolmentOutcome> outcomes = new(prepared.Count);
        while (outcomes.Count < prepared.Count)
        {
            PreparedEnrolment[] run = [.. prepared.Skip(outcomes.Count).Take(RunLength(prepared, outcomes.Count))];
            outcomes.AddRange(EnrolRun(connection, transaction, run));
        }

        return [.. outcomes];
    }

    // A second record of a UEID begins a new run: it is compared with what the first one left.
    private static int RunLength(IReadOnlyList<PreparedEnrolment> prepared, int start)
    {
        HashSet<string> ueids = new(StringComparer.Ordinal);
        int end = start;
        while (end < prepared.Count && (prepared[end].Admitted is not { } admitted || ueids.Add(admitted.Record.Identity.Ueid)))
        {
            end++;
        }

        return end - start;
    }

    // First what is new, all at once; then, in their order, the records that something stands in the way of.
    private EnrolmentOutcome[] EnrolRun(DbConnection connection, DbTransaction transaction, PreparedEnrolment[] run)
    {
        NewDevice[] devices = [.. run.Where(item => item.Admitted is not null).Select(item => ToNew(item.Admitted!.Value.Record))];
        long?[] ids = devices.Length == 0 ? [] : table.InsertAll(connection, transaction, devices, clock.GetUtcNow().ToUnixTimeMilliseconds());
        List<EnrolmentOutcome> outcomes = new(run.Length);
        int next = 0;
        foreach (PreparedEnrolment item in run)
        {
            if (item.Admitted is not { } admitted)
            {
                outcomes.Add(item.Step(connection, transaction));
                continue;
            }

            outcomes.Add(ids[next] is { } id ? Added(devices[next], id) : EnrolRival(connection, transaction, admitted.Caller, devices[next]));
            next++;
        }

        return [.. outcomes];
    }

    private NewDevice ToNew(EnrolmentRecord record)
    {
        string credential = record.Credential ?? DeviceCredential.New();
        return new NewDevice(record, table.MarkOf(record.Key), credential, DeviceCredential.HashOf(credential));
    }

    private static EnrolmentOutcome Added(NewDevice device, long id)
    {
        EnrolmentRecord record = device.Record;
        DeviceEntry entry = new(id, record.Identity, record.Key.Material, device.CredentialHash, DeviceState.New) { Owner = record.Owner };
        return new EnrolmentOutcome(record.Identity.Ueid, record.Key.Kid.ToString(), record.Credential is null ? device.Credential : null, entry, null);
    }

    private EnrolmentOutcome EnrolRival(DbConnection connection, DbTransaction transaction, Caller caller, NewDevice device)
    {
        EnrolmentRecord record = device.Record;
        List<DeviceRow> rivals = DeviceTable.FindRivals(connection, transaction, record.UeidBytes, record.Identity.Kid, device.KeyMark);
        return rivals.Find(row => row.Ueid.AsSpan().SequenceEqual(record.UeidBytes)) is { } same
            ? EnrolAgain(connection, transaction, caller, record, same, device.KeyMark)
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
