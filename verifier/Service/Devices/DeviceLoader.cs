using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Service.Devices;

/// <summary>Reads all devices with their state at start.</summary>
internal sealed class DeviceLoader(DeviceTable table, MeasuredSetTable sets)
{
    private const string Select = $"SELECT {DeviceRow.Columns}, {DeviceStateRow.Columns} FROM devices d LEFT JOIN device_state s ON s.device_id = d.id";

    private const string All = $"{Select} ORDER BY d.id";

    private const string Changed = "SELECT id FROM devices WHERE batch > @since UNION SELECT device_id FROM device_state WHERE batch > @since";

    // A million boards name few makers and product ids: each text and id is held once.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OemId> _oemIds = new(StringComparer.Ordinal);
    private readonly Dictionary<HistoryMark, HistoryMark> _marks = [];
    private readonly Dictionary<BootFacts, BootFacts> _bootFacts = [];

    public IEnumerable<DeviceEntry> Load(DbConnection connection)
    {
        sets.Load(connection);
        Dictionary<long, ImmutableArray<string>> unknown = connection
            .Query<(long Device, string Hash)>("SELECT device_id, set_hash FROM device_unknown_sets")
            .GroupBy(row => row.Device, row => row.Hash)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray());
        return connection.Query<DeviceRow, DeviceStateRow?, DeviceEntry>(All, (row, state) => ToEntry(row, state, unknown), splitOn: "DeviceId", buffered: false);
    }

    /// <summary>Reads the devices that changed after a batch of a shared store.</summary>
    public List<DeviceEntry> LoadSince(DbConnection connection, DbTransaction transaction, long since)
    {
        object key = new { since };
        sets.LoadNew(connection, transaction);
        Dictionary<long, ImmutableArray<string>> unknown = connection
            .Query<(long Device, string Hash)>($"SELECT device_id, set_hash FROM device_unknown_sets WHERE device_id IN ({Changed})", key, transaction)
            .GroupBy(row => row.Device, row => row.Hash)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray());
        return connection.Query<DeviceRow, DeviceStateRow?, DeviceEntry>($"{Select} WHERE d.id IN ({Changed}) ORDER BY d.id", (row, state) => ToEntry(row, state, unknown), key, transaction, splitOn: "DeviceId").AsList();
    }

    private DeviceEntry ToEntry(DeviceRow row, DeviceStateRow? state, Dictionary<long, ImmutableArray<string>> unknown)
    {
        DeviceIdentity identity = new(
            Ueid.ToHex(row.Ueid),
            (ulong)row.Kid,
            (DeviceKeyKind)row.KeyKind,
            Shared(_oemIds, row.OemId, text => OemId.Parse(text)!),
            new Guid(row.Class, bigEndian: true),
            (EvidenceStrength)row.Strength,
            (FreshnessMode)row.Freshness,
            Shared(_texts, row.Manufacturer, text => text));
        DeviceState loaded = (state is null ? DeviceState.New : Shared(state.ToState(sets, unknown.GetValueOrDefault(row.Id, [])))) with { Hold = (DeviceHold)row.Hold };
        DeviceEntry entry = new(row.Id, identity, table.ToKeyMaterial(row), row.CredentialHash, loaded)
        {
            Owner = row.Owner is { } owner ? Shared(_texts, owner, text => text) : null,
            Group = row.FleetGroup is { } group ? string.Intern(group) : null,
        };
        entry.RestoreAppraisal(state?.Appraisal);
        if (state is { Refusals: > 0 })
        {
            entry.RestoreRefusals(new RefusalCounter(state.Refusals, state.LastRefusal));
        }

        return entry;
    }

    // Most boards of a build show the same, and read the same from their chips.
    private DeviceState Shared(DeviceState state) => state with
    {
        Shown = Shared(_marks, state.Shown),
        Facts = state.Facts with
        {
            BootFacts = Shared(_bootFacts, state.Facts.BootFacts),
            LastBuild = state.Facts.LastBuild is { } build ? Shared(_texts, build, text => text) : null,
        },
    };

    private static T Shared<T>(Dictionary<T, T> pool, T made)
        where T : notnull
    {
        if (!pool.TryGetValue(made, out T? shared))
        {
            pool[made] = shared = made;
        }

        return shared;
    }

    private static T Shared<T>(Dictionary<string, T> pool, string text, Func<string, T> make)
    {
        if (!pool.TryGetValue(text, out T? shared))
        {
            pool[text] = shared = make(text);
        }

        return shared;
    }
}
