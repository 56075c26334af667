using System.Data.Common;
using System.Security.Cryptography;
using IotAttest.Domain.Devices;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Gives a board another key, and another transport credential with it: whoever copied the one may have copied the other.</summary>
internal sealed class DeviceRekey(StoreWriter writer, DeviceDirectory directory, DeviceTable table, DeviceDecisions decisions, MqttSessionDirectory sessions)
{
    /// <summary>Changes key and credential and closes the connection that is open under the old one; an identity conflict stays until it is cleared.</summary>
    /// <returns>As at enrolment: the credential when it was made here, only this once.</returns>
    /// <exception cref="ProblemException">The key is taken or is the old one, as may be the credential; or the device is out of service.</exception>
    public async Task<EnrolmentView> RekeyAsync(DeviceEntry device, NewKey wanted, Caller caller, CancellationToken cancellation)
    {
        string credential = wanted.Credential ?? DeviceCredential.New();
        byte[] hash = DeviceCredential.HashOf(credential);
        RekeyJob job = new(device, directory, (connection, transaction, old) => Rekey(connection, transaction, old, wanted.Key, hash, $"rekey by {caller.Name}: {wanted.Reason}"));
        await writer.PostAsync(job, cancellation);
        DeviceEntry next = await job.Completion;
        if (sessions.TryGet(next.Identity.Ueid, out MqttSession? session))
        {
            session.Abort();
        }

        return new EnrolmentView(next.Identity.Ueid, wanted.Key.Kid.ToString(), wanted.Credential is null ? credential : null);
    }

    private DeviceEntry Rekey(DbConnection connection, DbTransaction transaction, DeviceEntry old, EnrolledKey key, byte[] credentialHash, string cause)
    {
        byte[] ueid = Ueid.FromHex(old.Identity.Ueid)!;
        byte[]? mark = table.MarkOf(key);
        DeviceState state = DeviceDecisions.Fresh(old.Newest);
        RequireOther(old, DeviceTable.FindRivals(connection, transaction, ueid, key.Kid.Value, mark), key, mark);
        RequireOtherCredential(old, credentialHash);
        table.UpdateKey(connection, transaction, old.RowId, ueid, key, mark, credentialHash);
        DeviceIdentity identity = old.Identity with { Kid = key.Kid.Value, KeyKind = key.Kind };
        DeviceEntry next = new(old.RowId, identity, key.Material, credentialHash, old.State) { Owner = old.Owner };
        next.Stage(decisions.Save(connection, transaction, next, state, cause));
        return next;
    }

    private static void RequireOther(DeviceEntry old, List<DeviceRow> rivals, EnrolledKey key, byte[]? mark)
    {
        if (rivals.Exists(row => row.Id != old.RowId))
        {
            throw Enrolment.KeyTaken();
        }

        DeviceRow own = rivals.Single();
        bool isSame = mark is null ? own.Kid == (long)key.Kid.Value : CryptographicOperations.FixedTimeEquals(own.KeyMark, mark);
        if (isSame)
        {
            throw Refuse.Conflict("the key the board has", "another key", "Make a new random key for this board.");
        }
    }

    private static void RequireOtherCredential(DeviceEntry old, byte[] credentialHash)
    {
        if (CryptographicOperations.FixedTimeEquals(old.CredentialHash, credentialHash))
        {
            throw Refuse.Conflict("the credential the board has", "another credential", "Leave \"credential\" out to have one made.");
        }
    }
}
