namespace IotAttest.Service.Certificates;

/// <summary>Compares jurisdictions as callers write them.</summary>
internal static class Jurisdictions
{
    /// <summary>True without a filter, and for the same code; UK is taken for GB, its code in ISO 3166-1.</summary>
    public static bool Matches(string jurisdiction, string? wanted) =>
        wanted is null || jurisdiction.Equals(wanted.Equals("UK", StringComparison.OrdinalIgnoreCase) ? "GB" : wanted, StringComparison.OrdinalIgnoreCase);
}
