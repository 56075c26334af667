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
        s.conformity, s.drift, s.build, s.policy, s.conditions, s.advisories, (SELECT max(h.seq) FROM device_history h WHERE h.device_id = s.device_id) AS Appraisal
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

    public long Conditions { get; init; }

    public string Advisories { get; init; } = "";

    public long? Appraisal { get; init; }

    public DeviceState ToState(MeasuredSetTable sets, ImmutableArray<string> unknownSets) => new(
        new FreshnessStamp(StampSource, StampTime),
        HasBaseline == 0 ? null : new BootCounters((ulong)BootCount, BinaryPrimitives.ReadUInt128BigEndian(BootSeed), (ulong)Uptime),
        EvidenceHash,
        Nonce,
        ToFacts(sets, unknownSets),
        Reports,
        new HistoryMark((Conformity)Conformity, (Drift)Drift, Build, string.Intern(Policy), (Conditions)Conditions, Advisories));

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
}
