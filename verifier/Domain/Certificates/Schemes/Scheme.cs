using System.Collections.Immutable;

namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>A certification scheme as this verifier knows it.</summary>
/// <param name="Id">How certificates name it: a-z, 0-9 and hyphen.</param>
/// <param name="Title">Its name.</param>
/// <param name="Owner">Who runs it.</param>
/// <param name="Jurisdiction">Two letters of ISO 3166-1, EU, or empty.</param>
/// <param name="IsFictitious">Made up for demonstrations: it says nothing about any real scheme.</param>
/// <param name="IsOpen">Every body may issue under it without being assigned.</param>
/// <param name="State">Whether certificates are issued under it; none are taken here unless it is Issuing.</param>
/// <param name="MaxValidityMonths">Longest validity from the issue; null where the scheme's rule is not known, and then not checked.</param>
/// <param name="SuspensionDays">Longest suspension.</param>
/// <param name="LongestSuspensionDays">Longest suspension with extensions.</param>
/// <param name="SupersededGraceDays">How long a superseded certificate still counts.</param>
/// <param name="AllowsProvisional">A provisional certificate may be issued while the evaluation goes on.</param>
/// <param name="ProvisionalDays">Longest validity of a provisional certificate; 0 where there is none.</param>
/// <param name="AppealDays">How long after a decision its holder can appeal.</param>
/// <param name="RenewalMonths">How long before the end of validity its renewal can begin.</param>
/// <param name="Versions">Its versions, oldest first; empty where none are known, and then not checked.</param>
/// <param name="Requirements">Its requirements as keys of the crosswalk (source/ref); empty where they are not loaded.</param>
/// <param name="SourceChecked">Day on which the facts were last compared with their source.</param>
/// <param name="Note">What is uncertain, or left to this verifier.</param>
/// <param name="Levels">Its levels, lowest first.</param>
public sealed record Scheme(
    string Id,
    string Title,
    string Owner,
    string Jurisdiction,
    bool IsFictitious,
    bool IsOpen,
    SchemeState State,
    int? MaxValidityMonths,
    int SuspensionDays,
    int LongestSuspensionDays,
    int SupersededGraceDays,
    bool AllowsProvisional,
    int ProvisionalDays,
    int AppealDays,
    int RenewalMonths,
    ImmutableArray<SchemeVersion> Versions,
    ImmutableArray<string> Requirements,
    DateOnly SourceChecked,
    string Note,
    ImmutableArray<SchemeLevel> Levels)
{
    /// <summary>The level of that code, or null.</summary>
    public SchemeLevel? FindLevel(string? code) => Levels.FirstOrDefault(level => level.Code == code);

    /// <summary>Last moment at which a certificate issued then may end; null where no maximum is known.</summary>
    public DateTimeOffset? LatestEnd(DateTimeOffset issuedAt) => MaxValidityMonths is { } months ? issuedAt.AddMonths(months) : null;

    /// <summary>The version of that name, or null.</summary>
    public SchemeVersion? FindVersion(string? id) => Versions.FirstOrDefault(version => version.Id == id);

    /// <summary>The newest version that is mandatory then, else the newest that is accepted; null where none is known.</summary>
    public SchemeVersion? VersionAt(DateTimeOffset at) =>
        Versions.LastOrDefault(version => version.IsMandatory(at) && !version.IsRetired(at)) ?? Versions.LastOrDefault(version => version.IsAccepted(at));

    /// <summary>True when a later version must be used by then.</summary>
    public bool IsOvertaken(SchemeVersion version, DateTimeOffset at) =>
        Versions.SkipWhile(known => known != version).Skip(1).Any(later => later.IsMandatory(at) && later.IsAccepted(at));

    /// <summary>What decisions at a level must satisfy.</summary>
    public CertificateRules RulesOf(SchemeLevel level) => new(
        level.EvaluationType == EvaluationType.ThirdParty,
        TimeSpan.FromDays(SuspensionDays),
        TimeSpan.FromDays(LongestSuspensionDays),
        TimeSpan.FromDays(SupersededGraceDays));
}
