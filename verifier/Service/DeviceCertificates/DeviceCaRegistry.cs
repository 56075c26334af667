using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Registers roots and revocation lists.</summary>
internal sealed class DeviceCaRegistry(Database database, StoreWriter writer, OrganisationDirectory organisations, DeviceDirectory devices, DeviceDecisions decisions, TimeProvider clock)
{
    /// <summary>Registers a root; once more with the same content changes nothing.</summary>
    /// <exception cref="ProblemException">It is registered with other content, was removed, or is another's.</exception>
    public Task<(DeviceCa Stored, bool IsNew)> AddAsync(DeviceCa ca, Caller caller, CancellationToken cancellation)
    {
        if (!organisations.TryFind(ca.Manufacturer, out Organisation? organisation) || !organisation.Has(Roles.Manufacturer))
        {
            throw Refuse.NotFound($"no manufacturer {ca.Manufacturer}", "a registered manufacturer");
        }

        return writer.ExecuteAsync((connection, transaction) => Add(connection, transaction, ca, caller.Name), cancellation: cancellation);
    }

    /// <summary>Ends a root: no new boards under it. Those that are enrolled stay, and lists are still taken.</summary>
    public Task<DeviceCa> RemoveAsync(DeviceCa ca, string reason, CancellationToken cancellation) => writer.ExecuteAsync(
        (connection, transaction) =>
        {
            if (DeviceCaTable.Find(connection, transaction, ca.Id)!.RemovedAt is null)
            {
                DeviceCaTable.Remove(connection, transaction, ca.Id, reason, clock.GetUtcNow().ToUnixTimeMilliseconds());
            }

            return DeviceCaTable.Find(connection, transaction, ca.Id)!;
        },
        cancellation: cancellation);

    /// <summary>Takes a revocation list.</summary>
    /// <returns>Boards whose certificates it newly revokes.</returns>
    /// <exception cref="ProblemException">Not a list of this root, not in force now, or not newer than the last.</exception>
    public async Task<(CrlUpload Upload, int Revoked)> RevokeAsync(DeviceCa ca, ReadOnlyMemory<byte> body, Caller caller, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        CrlUpload upload = CrlUpload.Parse(body, ca, now);
        if (now < upload.List.ThisUpdate || now > upload.List.NextUpdate)
        {
            throw Refuse.Unacceptable("RevocationListExpired", FormattableString.Invariant($"a list in force from {upload.List.ThisUpdate.UtcDateTime:u} to {upload.List.NextUpdate.UtcDateTime:u}"), "a list that is in force now", "Have the CA issue a new list.");
        }

        CrlJob job = new(ca, upload, caller.Name, devices, decisions, clock);
        await writer.PostAsync(job, cancellation);
        int revoked = await job.Completion;
        foreach (string ueid in job.NotYetKnown)
        {
            await decisions.QuarantineAsync(ueid, CrlJob.Cause(upload.List, caller.Name), cancellation);
        }

        return (upload, revoked);
    }

    public IReadOnlyList<DeviceCaView> List(string manufacturer)
    {
        using DbConnection connection = database.Open();
        return [.. DeviceCaTable.Of(connection, null, manufacturer).Select(ca => DeviceCaView.Of(ca, RevocationTable.Of(connection, ca.Id)))];
    }

    /// <exception cref="ProblemException">No such root of that manufacturer.</exception>
    public DeviceCa Find(string manufacturer, string id)
    {
        using DbConnection connection = database.Open();
        return DeviceCaTable.Find(connection, null, id) is { } ca && ca.Manufacturer == manufacturer
            ? ca
            : throw Refuse.NotFound("no such root of this manufacturer", "the SHA-256 of a registered root, 64 hex digits");
    }

    private static (DeviceCa Stored, bool IsNew) Add(DbConnection connection, DbTransaction transaction, DeviceCa ca, string by)
    {
        if (DeviceCaTable.Find(connection, transaction, ca.Id) is not { } stored)
        {
            DeviceCaTable.Insert(connection, transaction, ca, by);
            return (ca, true);
        }

        return stored.IsSameAs(ca) && stored.RemovedAt is null
            ? (stored, false)
            : throw Refuse.Conflict("a root that is registered with other content, or was removed", "what was registered, or a new root", "Make a new root: what a registered one stands for does not change.");
    }
}
