using System.Data.Common;
using Dapper;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Appraisals;

/// <summary>A row of history with everything its verdict was computed from.</summary>
internal sealed class AppraisalRow
{
    private const string Select = """
        SELECT h.seq, d.ueid, h.as_of AS AsOf, m.body AS Measured, x.body AS Extract, coalesce(h.appraised_at, h.at) AS AppraisedAt, a.verdict_digest AS VerdictDigest, a.has_times AS HasTimes,
            a.key_kind AS KeyKind, a.secure_boot AS SecureBoot, a.debug_status AS DebugStatus, a.identity_conflict AS IdentityConflict, a.claim_mismatch AS ClaimMismatch,
            a.unknown_sets AS UnknownSets, a.highest_security AS HighestSecurity, a.last_build AS LastBuild, a.decommissioned
        FROM device_history h
            JOIN devices d ON d.id = h.device_id
            LEFT JOIN appraisals a ON a.id = h.appraisal_id
            LEFT JOIN measured_sets m ON m.hash = a.set_hash
            LEFT JOIN appraisal_extracts x ON x.id = a.extract_id
        WHERE h.seq = @seq
        """;

    public long Seq { get; init; }

    public byte[] Ueid { get; init; } = [];

    public long? AsOf { get; init; }

    public byte[]? Measured { get; init; }

    public byte[]? Extract { get; init; }

    public long AppraisedAt { get; init; }

    public byte[]? VerdictDigest { get; init; }

    public long? HasTimes { get; init; }

    public long? KeyKind { get; init; }

    public long? SecureBoot { get; init; }

    public long? DebugStatus { get; init; }

    public long? IdentityConflict { get; init; }

    public long? ClaimMismatch { get; init; }

    public string? UnknownSets { get; init; }

    public long? HighestSecurity { get; init; }

    public string? LastBuild { get; init; }

    public long? Decommissioned { get; init; }

    public static AppraisalRow? Find(DbConnection connection, long seq) => connection.QuerySingleOrDefault<AppraisalRow>(Select, new { seq });

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
