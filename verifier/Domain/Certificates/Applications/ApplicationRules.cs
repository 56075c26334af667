using IotAttest.Domain.Certificates.Schemes;

namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What scheme and level demand of an application.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="IsThirdParty">A laboratory tests the product, and two persons certify it.</param>
/// <param name="Provisional">Longest validity of a provisional certificate; null where the scheme has none.</param>
/// <param name="LongestMonths">Longest validity of a certificate; null where none is known.</param>
public sealed record ApplicationRules(string Scheme, bool IsThirdParty, TimeSpan? Provisional, int? LongestMonths)
{
    /// <summary>The rules of a level; for a scheme that nobody described: no laboratory, no provisional certificates, no longest validity.</summary>
    public static ApplicationRules Of(SchemeCatalogue schemes, string scheme, string level)
    {
        Scheme? known = schemes.Find(scheme);
        TimeSpan? provisional = known is { AllowsProvisional: true } ? TimeSpan.FromDays(known.ProvisionalDays) : null;
        return new ApplicationRules(scheme, schemes.RulesOf(scheme, level).IsThirdParty, provisional, known?.MaxValidityMonths);
    }
}
