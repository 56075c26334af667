using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Devices;

/// <summary>The part of a verdict whose change writes a history row.</summary>
/// <param name="Conformity">The one word.</param>
/// <param name="Drift">In which ways the board differs.</param>
/// <param name="Build">The matched build.</param>
/// <param name="PolicyId">The policy applied.</param>
/// <param name="Conditions">What is true beside the word.</param>
/// <param name="Advisories">Ids of the advisories that mark the build, in ordinal order, a space between them.</param>
internal sealed record HistoryMark(Conformity Conformity, Drift Drift, string? Build, string PolicyId, Conditions Conditions, string Advisories)
{
    public static HistoryMark None { get; } = new(Conformity.Unknown, Drift.None, null, "", Conditions.None, "");

    public static HistoryMark Of(Verdict verdict) => new(verdict.Conformity, verdict.Drift, verdict.Build, verdict.PolicyId, verdict.Conditions, verdict.Advisories.IsEmpty ? "" : string.Join(' ', verdict.Advisories));

    /// <summary>The ids in a column of the database.</summary>
    public static string[] AdvisoriesIn(string column) => column.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
