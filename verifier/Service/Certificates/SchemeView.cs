using System.Globalization;
using System.Xml;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Devices;

namespace IotAttest.Service.Certificates;

/// <summary>All schemes this verifier knows.</summary>
internal sealed record SchemeListView(IReadOnlyList<SchemeView> Schemes);

/// <summary>A scheme with its limits.</summary>
internal sealed record SchemeView(
    string Id,
    string Title,
    string Owner,
    string Jurisdiction,
    bool IsFictitious,
    bool IsOpen,
    string State,
    int? MaxValidityMonths,
    int SuspensionDays,
    int LongestSuspensionDays,
    int SupersededGraceDays,
    bool AllowsProvisional,
    int ProvisionalDays,
    int AppealDays,
    int RenewalMonths,
    IReadOnlyList<SchemeVersion> Versions,
    string SourceChecked,
    string Note,
    IReadOnlyList<SchemeLevelView> Levels)
{
    public static SchemeView Of(Scheme scheme) => new(
        scheme.Id,
        scheme.Title,
        scheme.Owner,
        scheme.Jurisdiction,
        scheme.IsFictitious,
        scheme.IsOpen,
        EnumWord.Of(scheme.State),
        scheme.MaxValidityMonths,
        scheme.SuspensionDays,
        scheme.LongestSuspensionDays,
        scheme.SupersededGraceDays,
        scheme.AllowsProvisional,
        scheme.ProvisionalDays,
        scheme.AppealDays,
        scheme.RenewalMonths,
        scheme.Versions,
        scheme.SourceChecked.ToString("O", CultureInfo.InvariantCulture),
        scheme.Note,
        [.. scheme.Levels.Select(SchemeLevelView.Of)]);
}

/// <summary>A level; maxEvidenceAge is a duration of ISO 8601, absent where the verifier's policy alone decides.</summary>
internal sealed record SchemeLevelView(string Code, int Ordinal, string EvaluationType, string MinEvidenceStrength, string? MaxEvidenceAge)
{
    public static SchemeLevelView Of(SchemeLevel level) =>
        new(level.Code, level.Ordinal, EnumWord.Of(level.EvaluationType), level.MinEvidenceStrength.Word(), level.MaxEvidenceAge is { } age ? XmlConvert.ToString(age) : null);
}
