namespace IotAttest.Domain.Recognition;

/// <summary>A rule by which one scheme counts certificates of another: data, never a certificate, and one hop only.</summary>
/// <param name="Id">Its name.</param>
/// <param name="From">The scheme of the certificate, and the lowest level that counts; a null level means that the rule names none.</param>
/// <param name="To">The scheme that recognises it, and the level it counts as.</param>
/// <param name="Mode">Automatic or by application.</param>
/// <param name="State">Whether it can be relied on.</param>
/// <param name="Gives">What the holder gets, in words.</param>
/// <param name="Categories">Which products it covers.</param>
/// <param name="Requires">What the certificate must satisfy at the time.</param>
/// <param name="EffectiveFrom">First day; null for a rule without one, which is never in force.</param>
/// <param name="EffectiveUntil">Last day, or null.</param>
/// <param name="LegalRef">Where it is written.</param>
/// <param name="SourceChecked">Day on which the facts were last compared with their source.</param>
/// <param name="Note">What this program cannot check, or is uncertain.</param>
public sealed record RecognitionRule(
    string Id,
    RecognitionLevel From,
    RecognitionLevel To,
    RecognitionMode Mode,
    RecognitionState State,
    string Gives,
    RecognitionCategories Categories,
    RecognitionConditions Requires,
    DateOnly? EffectiveFrom,
    DateOnly? EffectiveUntil,
    string LegalRef,
    DateOnly SourceChecked,
    string Note)
{
    /// <summary>A result is never the start of another recognition.</summary>
    public const int MaxHops = 1;

    /// <summary>True when its dates include this day (UTC).</summary>
    public bool IsEffective(DateTimeOffset at)
    {
        DateOnly day = DateOnly.FromDateTime(at.UtcDateTime);
        return EffectiveFrom is { } from && day >= from && (EffectiveUntil is not { } until || day <= until);
    }
}
