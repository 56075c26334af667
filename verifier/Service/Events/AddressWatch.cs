using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Events;

/// <summary>Notes when the key of a board is used from another network address: an event, never a conflict (DESIGN.md section 4).</summary>
/// <remarks>Remembered since the start or the last rekey. A board that wanders between addresses makes one event an hour.</remarks>
internal sealed class AddressWatch(StoreWriter store, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Called after evidence of the board was accepted; returns once the event, if there is one, is durable.</summary>
    /// <exception cref="StoreException">The store did not take it.</exception>
    public async ValueTask NoteAsync(DeviceEntry device, string address, CancellationToken cancellation)
    {
        AddressMark? last = device.Address;
        if (last is null)
        {
            device.Address = new AddressMark(address, DateTimeOffset.MinValue);
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (last.Address == address || now < last.ToldAt + Pause)
        {
            return;
        }

        device.Address = new AddressMark(address, now);
        await store.ExecuteAsync(
            (connection, transaction) => EventTable.InsertAddress(connection, transaction, device.RowId, $"{address}, before {last.Address}", now.ToUnixTimeMilliseconds()),
            cancellation);
    }
}
