using System.Buffers.Binary;
using System.Collections.Immutable;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;

namespace IotAttest.Service.Devices;

/// <summary>A row of the table device_state.</summary>
internal sealed class DeviceStateRow
{
    public const string Columns = """
        s.device_id AS DeviceId, s.stamp_source AS StampSource, s.stamp_time AS StampTime, s.has_baseline AS HasBaseline, s.boot_count AS BootCount, s.boot_seed AS BootSeed, s.uptime,
        s.evidence_hash AS EvidenceHash, s.nonce, s.as_of AS AsOf, s.set_id AS SetId, s.secure_boot AS SecureBoot, s.debug_status AS DebugStatus, s.identity_conflict AS IdentityConflict,
        s.claim_mismatch AS ClaimMismatch, s.highest_security AS HighestSecurity, s.last_build AS LastBuild, s.decommissioned, s.reports, s.refusals, s.last_refusal AS LastRefusal,
        s.conformity, s.drift, s.build, s.policy
        """;

    public long DeviceId { get; init; }

    public long StampSource { get; init; }

    public long StampTime { get; init; }

    public long HasBaseline { get; init; }

    public long BootCount { get; init; }

    public byte[] BootSeed { get; init; } = [];

    public long Uptime { get; init; }

    public byte[] EvidenceHash { get; init; } = [];

    public byte[] Nonce { get; init; } = [];

    public long? AsOf { get; init; }

    public long? SetId { get; init; }

    public long? SecureBoot { get; init; }

    public long? DebugStatus { get; init; }

    public long IdentityConflict { get; init; }

    public long ClaimMismatch { get; init; }

    public long HighestSecurity { get; init; }

    public string? LastBuild { get; init; }

    public long Decommissioned { get; init; }

    public long Reports { get; init; }

    public long Refusals { get; init; }

    public string? LastRefusal { get; init; }

    public long Conformity { get; init; }

    public long Drift { get; init; }

    public string? Build { get; init; }

    public string Policy { get; init; } = "";

    public static DeviceStateRow Of(long deviceId, DeviceState state, RefusalCounter refusals, long? setId) => new()
    {
        DeviceId = deviceId,
        StampSource = state.Stamp.Source,
        StampTime = state.Stamp.TimeMs,
        HasBaseline = state.Baseline is null ? 0 : 1,
        BootCount = (long)(state.Baseline?.BootCount ?? 0),
        BootSeed = SeedBytes(state.Baseline?.BootSeed ?? 0),
        Uptime = (long)(state.Baseline?.UptimeSeconds ?? 0),
        EvidenceHash = state.EvidenceHash,
        Nonce = state.Nonce,
        AsOf = state.Facts.AsOf?.ToUnixTimeMilliseconds(),
        SetId = setId,
        SecureBoot = state.Facts.BootFacts.SecureBoot is { } secure ? (secure ? 1 : 0) : null,
        DebugStatus = state.Facts.BootFacts.DebugStatus,
        IdentityConflict = state.Facts.HasIdentityConflict ? 1 : 0,
        ClaimMismatch = state.Facts.HasClaimMismatch ? 1 : 0,
        HighestSecurity = (long)state.Facts.HighestSecurityVersion,
        LastBuild = state.Facts.LastBuild,
        Decommissioned = state.Facts.IsDecommissioned ? 1 : 0,
        Reports = state.Reports,
        Refusals = refusals.Count,
        LastRefusal = refusals.Last,
        Conformity = (long)state.Shown.Conformity,
        Drift = (long)state.Shown.Drift,
        Build = state.Shown.Build,
        Policy = state.Shown.PolicyId,
    };

    public DeviceState ToState(MeasuredSetTable sets, ImmutableArray<string> unknownSets) => new(
        new FreshnessStamp(StampSource, StampTime),
        HasBaseline == 0 ? null : new BootCounters((ulong)BootCount, BinaryPrimitives.ReadUInt128BigEndian(BootSeed), (ulong)Uptime),
        EvidenceHash,
        Nonce,
        ToFacts(sets, unknownSets),
        Reports,
        new HistoryMark((Conformity)Conformity, (Drift)Drift, Build, Policy));

    private DeviceFacts ToFacts(MeasuredSetTable sets, ImmutableArray<string> unknownSets) => new(
        AsOf is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        SetId is { } id ? sets.Find(id) : null,
        new BootFacts(SecureBoot is { } secure ? secure != 0 : null, (int?)DebugStatus),
        IdentityConflict != 0,
        ClaimMismatch != 0,
        unknownSets,
        (ulong)HighestSecurity,
        LastBuild,
        Decommissioned != 0);

    private static byte[] SeedBytes(UInt128 seed)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, seed);
        return bytes;
    }
}
