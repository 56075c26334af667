using System.Security.Cryptography;
using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>Enrols boards, many in one change of the store.</summary>
internal sealed class Enrolment(StoreWriter writer, DeviceDirectory directory, DeviceTable table, EnrolmentRules rules, TimeProvider clock)
{
    private const string UseRekey = "Send exactly what was enrolled, or change the key with POST /v1/devices/{ueid}/rekey.";

    /// <summary>Reads and admits one record; a refusal is an outcome, not an exception.</summary>
    public Func<SqliteConnection, SqliteTransaction, EnrolmentOutcome> Prepare(Caller caller, ReadOnlyMemory<byte> json)
    {
        try
        {
            EnrolmentRecord record = rules.Admit(caller, EnrolmentRecord.Parse(json));
            return (connection, transaction) => Enrol(connection, transaction, record);
        }
        catch (ProblemException refusal)
        {
            EnrolmentOutcome refused = Refused(null, refusal.Problem);
            return (_, _) => refused;
        }
    }

    /// <summary>Enrols what was prepared, in one change; returns once it is durable.</summary>
    public Task<EnrolmentOutcome[]> EnrolAsync(IReadOnlyList<Func<SqliteConnection, SqliteTransaction, EnrolmentOutcome>> prepared, CancellationToken cancellation) => writer.ExecuteAsync<EnrolmentOutcome[]>(
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
        }
    }

    private EnrolmentOutcome Enrol(SqliteConnection connection, SqliteTransaction transaction, EnrolmentRecord record)
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
            ? Compare(record, same, mark)
            : Refused(record.Identity.Ueid, KeyTaken().Problem);
    }

    private static EnrolmentOutcome Compare(EnrolmentRecord record, DeviceRow stored, byte[]? mark)
    {
        string[] different = [.. Differences(record, stored, mark).OfType<string>()];
        return different.Length == 0
            ? new EnrolmentOutcome(record.Identity.Ueid, record.Key.Kid.ToString(), null, null, null)
            : Refused(record.Identity.Ueid, Refuse.Conflict($"a board of that UEID enrolled with another {string.Join(", ", different)}", "the record it was enrolled with", UseRekey).Problem);
    }

    private static IEnumerable<string?> Differences(EnrolmentRecord record, DeviceRow stored, byte[]? mark)
    {
        DeviceIdentity identity = record.Identity;
        bool isSameKey = stored.KeyKind == (long)record.Key.Kind && stored.Kid == (long)identity.Kid
            && (mark is null ? stored.Key.AsSpan().SequenceEqual(record.Key.Material) : CryptographicOperations.FixedTimeEquals(stored.KeyMark, mark));
        yield return isSameKey ? null : "key";
        yield return stored.Manufacturer == identity.Manufacturer ? null : "organisation";
        yield return stored.OemId == identity.OemId.ToString() ? null : "oemid";
        yield return stored.Class.AsSpan().SequenceEqual(identity.ClassId.ToByteArray(bigEndian: true)) ? null : "class";
        yield return stored.Strength == (long)identity.Strength ? null : "evidenceStrength";
        yield return stored.Freshness == (long)identity.Freshness ? null : "freshness";
        yield return record.Owner is null || record.Owner == stored.Owner ? null : "owner";
        yield return record.Credential is null || CryptographicOperations.FixedTimeEquals(stored.CredentialHash, DeviceCredential.HashOf(record.Credential)) ? null : "credential";
    }

    /// <summary>A key on two boards would let one speak for the other.</summary>
    public static ProblemException KeyTaken() =>
        Refuse.Conflict("a key that another board has", "a key of this board alone", "Make a new random key for this board.");
}
