namespace IotAttest.Domain.Certificates;

/// <summary>What a scheme and level demand of decisions.</summary>
/// <param name="IsThirdParty">A laboratory tested the product: two persons decide, and a suspension names actions and an end.</param>
/// <param name="Suspension">Longest suspension, from its start.</param>
/// <param name="LongestSuspension">Longest suspension with all extensions, from its start.</param>
/// <param name="SupersededGrace">How long a superseded certificate still counts; never past its own end.</param>
public sealed record CertificateRules(bool IsThirdParty, TimeSpan Suspension, TimeSpan LongestSuspension, TimeSpan SupersededGrace)
{
    /// <summary>The rules where a scheme says nothing: 42 days and 365 days as in EUCC (Implementing Regulation (EU) 2024/482), no grace.</summary>
    public static CertificateRules Default { get; } = new(IsThirdParty: false, TimeSpan.FromDays(42), TimeSpan.FromDays(365), TimeSpan.Zero);
}
