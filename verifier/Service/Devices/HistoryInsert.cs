using IotAttest.Service.Appraisals;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Devices;

/// <summary>The prepared statement that writes a verdict with what it was computed from; its parameters are made once. A change of one certificate may write one for
/// every board.</summary>
internal sealed class HistoryInsert : IDisposable
{
    private static readonly string[] Columns =
    [
        "device_id", "at", "as_of", "conformity", "drift", "build", "policy", "conditions", "advisories", "set_hash", "cause", "extract_id", "appraised_at", "verdict_digest", "key_kind",
        "secure_boot", "debug_status", "identity_conflict", "claim_mismatch", "unknown_sets", "highest_security", "last_build", "decommissioned", "boot_count", "evidence_hash",
    ];

    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public HistoryInsert(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = $"INSERT INTO device_history ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))}) RETURNING seq";
        _parameters = [.. Columns.Select(column => _command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column }))];
    }

    /// <returns>The row.</returns>
    public long Execute(SqliteTransaction transaction, DeviceEntry device, DeviceState state, RecordedAppraisal appraisal, string cause, long now)
    {
        int at = 0;
        Set(ref at, device.RowId);
        Set(ref at, now);
        Set(ref at, state.Facts.AsOf?.ToUnixTimeMilliseconds());
        Set(ref at, (long)state.Shown.Conformity);
        Set(ref at, (long)state.Shown.Drift);
        Set(ref at, state.Shown.Build);
        Set(ref at, state.Shown.Policies);
        Set(ref at, (long)state.Shown.Conditions);
        Set(ref at, state.Shown.Advisories);
        Set(ref at, state.Facts.Measured?.Hash);
        Set(ref at, cause);
        Set(ref at, appraisal.ExtractId);
        Set(ref at, appraisal.AppraisedAt);
        Set(ref at, appraisal.VerdictDigest);
        Set(ref at, (long)device.Identity.KeyKind);
        Set(ref at, state.Facts.BootFacts.SecureBoot);
        Set(ref at, state.Facts.BootFacts.DebugStatus);
        Set(ref at, state.Facts.HasIdentityConflict);
        Set(ref at, state.Facts.HasClaimMismatch);
        Set(ref at, state.Facts.UnknownSets.IsEmpty ? null : string.Join(' ', state.Facts.UnknownSets));
        Set(ref at, (long)state.Facts.HighestSecurityVersion);
        Set(ref at, state.Facts.LastBuild);
        Set(ref at, state.Facts.IsDecommissioned);
        Set(ref at, (long?)state.Baseline?.BootCount);
        Set(ref at, state.EvidenceHash);
        _command.Transaction = transaction;
        return (long)_command.ExecuteScalar()!;
    }

    public void Dispose() => _command.Dispose();

    private void Set(ref int at, object? value) => _parameters[at++].Value = value ?? DBNull.Value;
}
