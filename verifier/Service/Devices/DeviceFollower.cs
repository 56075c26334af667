using IotAttest.Mqtt;
using IotAttest.Service.Storage.Sharing;

namespace IotAttest.Service.Devices;

/// <summary>Takes over devices that other verifiers enrolled, appraised or decided about.</summary>
internal sealed class DeviceFollower(DeviceDirectory directory, DeviceTable table, MeasuredSetTable sets, ReappraisalQueue queue, MqttSessionDirectory sessions) : IStoreFollower
{
    public void Follow(StoreChanges changes)
    {
        DeviceLoader loader = new(table, sets);
        foreach (DeviceEntry read in loader.LoadSince(changes.Connection, changes.Transaction, changes.Since))
        {
            Take(read);
        }

        foreach ((string ueid, AlarmCounter alarms) in AlarmTable.Since(changes.Connection, changes.Transaction, changes.Since))
        {
            if (directory.TryFindByUeid(ueid, out DeviceEntry? device))
            {
                device.Alarms = alarms;
            }
        }
    }

    private void Take(DeviceEntry read)
    {
        if (directory.TryFindByUeid(read.Identity.Ueid, out DeviceEntry? known) && known.HasKeysOf(read))
        {
            bool isSame = known.State.Shown == read.State.Shown && FleetGroup.IsSame(known.State.Facts, read.State.Facts);
            known.Adopt(read);
            if (!isSame)
            {
                queue.Note(known, known.State);
            }

            return;
        }

        directory.Put(read);
        queue.Note(read, read.State);
        if (known is not null)
        {
            // Another verifier rekeyed it: what is under way under the old key must not be accepted, and its connection ends.
            known.Replacement = read;
            read.Address = known.Address;
            if (sessions.TryGet(read.Identity.Ueid, out MqttSession? session))
            {
                session.Abort();
            }
        }
    }
}
