using System.Collections.Immutable;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Appraisals;

/// <summary>A row of history with everything its verdict was computed from.</summary>
internal sealed class AppraisalRow
{
    private const string Select = """
        SELECT h.seq, d.ueid, h.as_of AS AsOf, m.body AS Measured, x.body AS Extract, h.appraised_at AS AppraisedAt, h.verdict_digest AS VerdictDigest, h.key_kind AS KeyKind,
            h.secure_boot AS SecureBoot, h.debug_status AS DebugStatus, h.identity_conflict AS IdentityConflict, h.claim_mismatch AS ClaimMismatch, h.unknown_sets AS UnknownSets,
            h.highest_security AS HighestSecurity, h.last_build AS LastBuild, h.decommissioned
        FROM device_history h
            JOIN devices d ON d.id = h.device_id
            LEFT JOIN measured_sets m ON m.hash = h.set_hash
            LEFT JOIN appraisal_extracts x ON x.id = h.extract_id
        WHERE h.seq = @seq
        """;

    public long Seq { get; init; }

    public byte[] Ueid { get; init; } = [];

    public long? AsOf { get; init; }

    public byte[]? Measured { get; init; }

    public byte[]? Extract { get; init; }

    public long? AppraisedAt { get; init; }

    public byte[]? VerdictDigest { get; init; }

    public long? KeyKind { get; init; }

    public long? SecureBoot { get; init; }

    public long? DebugStatus { get; init; }

    public long? IdentityConflict { get; init; }

    public long? ClaimMismatch { get; init; }

    public string? UnknownSets { get; init; }

    public long? HighestSecurity { get; init; }

    public string? LastBuild { get; init; }

    public long? Decommissioned { get; init; }

    public static AppraisalRow? Find(SqliteConnection connection, long seq) => connection.QuerySingleOrDefault<AppraisalRow>(Select, new { seq });

    public DeviceIdentity Identity(DeviceIdentity enrolled) => enrolled with { KeyKind = (DeviceKeyKind)KeyKind!.Value };

    public DeviceFacts Facts() => new(
        KeptTime.Read(AsOf),
        Measured is null ? null : MeasuredSet.FromBytes(Measured),
        new BootFacts(SecureBoot is { } secure ? secure != 0 : null, (int?)DebugStatus),
        IdentityConflict != 0,
        ClaimMismatch != 0,
        [.. (UnknownSets ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        (ulong)HighestSecurity!.Value,
        LastBuild,
        Decommissioned != 0);
}
