using Dapper;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Puts boards into groups: a site, a hall, a customer. A word of whoever has the board, which no verdict looks at.</summary>
internal sealed class DeviceGroups(StoreWriter writer, DeviceDirectory directory)
{
    /// <summary>Its owner; its maker while it has none.</summary>
    public static bool MayGroup(Caller caller, DeviceEntry device) =>
        device.Owner is { } owner ? caller.ActsAs(Roles.Integrator, owner) : caller.ActsAs(Roles.Manufacturer, device.Identity.Manufacturer);

    /// <exception cref="ProblemException">403 for who sees the board and does not have it.</exception>
    public async Task<DeviceEntry> PutAsync(DeviceEntry device, Caller caller, string? group, CancellationToken cancellation)
    {
        if (!MayGroup(caller, device))
        {
            throw Refuse.Forbidden($"the token of {caller.Name}", "the owner of the board");
        }

        await writer.ExecuteAsync(
            (connection, transaction) =>
            {
                connection.Execute("UPDATE devices SET fleet_group = @group WHERE id = @RowId", new { group, device.RowId }, transaction);
                return group;
            },
            stored => Publish(device.Identity.Ueid, stored),
            cancellation);
        return device;
    }

    // A rekey may have put another entry in its place.
    private void Publish(string ueid, string? group)
    {
        if (directory.TryFindByUeid(ueid, out DeviceEntry? device))
        {
            device.Group = group is null ? null : string.Intern(group);
        }
    }
}
