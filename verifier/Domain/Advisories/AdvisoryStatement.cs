namespace IotAttest.Domain.Advisories;

/// <summary>One product, one vulnerability, one status.</summary>
/// <param name="Vulnerability">CVE id where there is one, else what the advisory calls it; upper-case for CVE.</param>
/// <param name="Product">The product.</param>
/// <param name="Status">The status.</param>
/// <param name="At">When the author said so.</param>
/// <param name="Reason">Justification, impact or what to do, in the author's words; empty when there is none.</param>
public sealed record AdvisoryStatement(string Vulnerability, AdvisoryProduct Product, ProductStatus Status, DateTimeOffset At, string Reason);
