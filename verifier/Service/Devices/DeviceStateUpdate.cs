using System.Buffers.Binary;
using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>The prepared statement that writes one device's state; its parameters are made once.</summary>
internal sealed class DeviceStateUpdate : IDisposable
{
    private static readonly string[] Columns =
    [
        "device_id", "stamp_source", "stamp_time", "has_baseline", "boot_count", "boot_seed", "uptime", "evidence_hash", "nonce", "as_of", "set_id",
        "secure_boot", "debug_status", "identity_conflict", "claim_mismatch", "highest_security", "last_build", "decommissioned", "reports",
        "refusals", "last_refusal", "conformity", "drift", "build", "policy", "conditions", "advisories",
    ];

    private readonly DbCommand _command;
    private readonly DbParameter[] _parameters;
    private readonly byte[] _seed = new byte[16];

    public DeviceStateUpdate(DbConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = $"""
            INSERT INTO device_state ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))})
            ON CONFLICT (device_id) DO UPDATE SET {string.Join(", ", Columns.Skip(1).Select(column => $"{column} = excluded.{column}"))}
            """;
        _parameters = [.. Columns.Select(column => _command.AddParameter("@" + column))];
    }

    public void Execute(DbTransaction transaction, DeviceEntry device, DeviceState state, long? setId)
    {
        DeviceFacts facts = state.Facts;
        BinaryPrimitives.WriteUInt128BigEndian(_seed, state.Baseline?.BootSeed ?? 0);
        int at = 0;
        Set(ref at, device.RowId);
        Set(ref at, state.Stamp.Source);
        Set(ref at, state.Stamp.TimeMs);
        Set(ref at, state.Baseline is not null);
        Set(ref at, (long)(state.Baseline?.BootCount ?? 0));
        Set(ref at, _seed);
        Set(ref at, (long)(state.Baseline?.UptimeSeconds ?? 0));
        Set(ref at, state.EvidenceHash);
        Set(ref at, state.Nonce);
        Set(ref at, facts.AsOf?.ToUnixTimeMilliseconds());
        Set(ref at, setId);
        Set(ref at, facts.BootFacts.SecureBoot);
        Set(ref at, facts.BootFacts.DebugStatus);
        Set(ref at, facts.HasIdentityConflict);
        Set(ref at, facts.HasClaimMismatch);
        Set(ref at, (long)facts.HighestSecurityVersion);
        Set(ref at, facts.LastBuild);
        Set(ref at, facts.IsDecommissioned);
        Set(ref at, state.Reports);
        Set(ref at, device.Refusals.Count);
        Set(ref at, device.Refusals.Last);
        Set(ref at, (int)state.Shown.Conformity);
        Set(ref at, (int)state.Shown.Drift);
        Set(ref at, state.Shown.Build);
        Set(ref at, state.Shown.Policies);
        Set(ref at, (int)state.Shown.Conditions);
        Set(ref at, state.Shown.Advisories);
        _command.Transaction = transaction;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private void Set(ref int at, object? value) => _parameters[at++].Value = value ?? DBNull.Value;
}
