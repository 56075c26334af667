using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Devices;

/// <summary>The part of a verdict whose change writes a history row.</summary>
internal sealed record HistoryMark(Conformity Conformity, Drift Drift, string? Build, string PolicyId)
{
    public static HistoryMark None { get; } = new(Conformity.Unknown, Drift.None, null, "");

    public static HistoryMark Of(Verdict verdict) => new(verdict.Conformity, verdict.Drift, verdict.Build, verdict.PolicyId);
}
