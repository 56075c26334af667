using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;
using IotAttest.Domain.Identity;

namespace IotAttest.Service.Devices;

/// <summary>What changes about a device with accepted evidence; immutable, replaced as a whole after the commit.</summary>
/// <param name="Stamp">Freshness spent last; default before the first evidence.</param>
/// <param name="Baseline">Counters of the last accepted evidence; null after enrolment, clear or rekey.</param>
/// <param name="EvidenceHash">SHA-256 of the last accepted evidence: recognises a repeated delivery.</param>
/// <param name="Nonce">Nonce of the last accepted evidence.</param>
/// <param name="Facts">What appraisal computes the verdict from.</param>
/// <param name="Reports">Accepted evidences since enrolment.</param>
/// <param name="Shown">The last verdict that history knows.</param>
internal sealed record DeviceState(
    FreshnessStamp Stamp,
    BootCounters? Baseline,
    byte[] EvidenceHash,
    byte[] Nonce,
    DeviceFacts Facts,
    long Reports,
    HistoryMark Shown)
{
    /// <summary>What holds the board back although it is in service.</summary>
    public DeviceHold Hold { get; init; }

    public DeviceLife Life => new(IsEnrolled: true, Facts.AsOf is not null, Hold, Facts.IsDecommissioned);

    public static DeviceState New { get; } = new(default, null, [], [], DeviceFacts.New, 0, HistoryMark.None);
}
