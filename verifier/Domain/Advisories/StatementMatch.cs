namespace IotAttest.Domain.Advisories;

/// <summary>A statement that is about a build.</summary>
/// <param name="Vulnerability">The vulnerability.</param>
/// <param name="Status">What the statement says.</param>
/// <param name="Product">The product as the advisory names it.</param>
/// <param name="At">When the author said so.</param>
/// <param name="Reason">The author's reason, or what to do.</param>
/// <param name="Match">How the product was found in the build.</param>
public sealed record StatementMatch(string Vulnerability, ProductStatus Status, string Product, DateTimeOffset At, string Reason, ProductMatch Match);
