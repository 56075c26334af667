using Dapper;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>The state of devices in the database: one row each, written first when something happens after enrolment.</summary>
internal static class DeviceStateTable
{
    private const string Upsert = """
        INSERT INTO device_state (device_id, stamp_source, stamp_time, has_baseline, boot_count, boot_seed, uptime, evidence_hash, nonce, as_of, set_id, secure_boot, debug_status,
            identity_conflict, claim_mismatch, highest_security, last_build, decommissioned, reports, refusals, last_refusal, conformity, drift, build, policy)
        VALUES (@DeviceId, @StampSource, @StampTime, @HasBaseline, @BootCount, @BootSeed, @Uptime, @EvidenceHash, @Nonce, @AsOf, @SetId, @SecureBoot, @DebugStatus,
            @IdentityConflict, @ClaimMismatch, @HighestSecurity, @LastBuild, @Decommissioned, @Reports, @Refusals, @LastRefusal, @Conformity, @Drift, @Build, @Policy)
        ON CONFLICT (device_id) DO UPDATE SET stamp_source = excluded.stamp_source, stamp_time = excluded.stamp_time, has_baseline = excluded.has_baseline, boot_count = excluded.boot_count,
            boot_seed = excluded.boot_seed, uptime = excluded.uptime, evidence_hash = excluded.evidence_hash, nonce = excluded.nonce, as_of = excluded.as_of, set_id = excluded.set_id,
            secure_boot = excluded.secure_boot, debug_status = excluded.debug_status, identity_conflict = excluded.identity_conflict, claim_mismatch = excluded.claim_mismatch,
            highest_security = excluded.highest_security, last_build = excluded.last_build, decommissioned = excluded.decommissioned, reports = excluded.reports, refusals = excluded.refusals,
            last_refusal = excluded.last_refusal, conformity = excluded.conformity, drift = excluded.drift, build = excluded.build, policy = excluded.policy
        """;

    /// <summary>Writes everything but the unknown sets.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="transaction">The running transaction.</param>
    /// <param name="device">The device.</param>
    /// <param name="state">Its new state.</param>
    /// <param name="setId">Row of the last measured set, or null before the first evidence.</param>
    public static void Save(SqliteConnection connection, SqliteTransaction transaction, DeviceEntry device, DeviceState state, long? setId) =>
        connection.Execute(Upsert, DeviceStateRow.Of(device.RowId, state, device.Refusals, setId), transaction);
}
