using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Devices;

/// <summary>The part of a verdict whose change writes a history row.</summary>
/// <param name="Conformity">The one word.</param>
/// <param name="Drift">In which ways the board differs.</param>
/// <param name="Build">The matched build.</param>
/// <param name="Policies">The policies applied, a space between them.</param>
/// <param name="Conditions">What is true beside the word.</param>
/// <param name="Advisories">Ids of the advisories that mark the build, in ordinal order, a space between them.</param>
internal sealed record HistoryMark(Conformity Conformity, Drift Drift, string? Build, string Policies, Conditions Conditions, string Advisories)
{
    public static HistoryMark None { get; } = new(Conformity.Unknown, Drift.None, null, "", Conditions.None, "");

    /// <summary>The moment the verdict was computed for; another moment alone is no change. Default in a mark that was read back.</summary>
    public DateTimeOffset At { get; private init; }

    // A million boards name few combinations of policies: each text is held once.
    public static HistoryMark Of(Verdict verdict) => new(
        verdict.Conformity,
        verdict.Drift,
        verdict.Build,
        string.Intern(string.Join(' ', verdict.Policies)),
        verdict.Conditions,
        verdict.Advisories.IsEmpty ? "" : string.Join(' ', verdict.Advisories))
    {
        At = verdict.AppraisedAt,
    };

    public bool Equals(HistoryMark? other) => other is not null
        && Conformity == other.Conformity && Drift == other.Drift && Build == other.Build && Policies == other.Policies && Conditions == other.Conditions && Advisories == other.Advisories;

    public override int GetHashCode() => HashCode.Combine(Conformity, Drift, Build, Policies, Conditions, Advisories);

    /// <summary>The ids or names in a column of the database.</summary>
    public static string[] ListIn(string column) => column.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
