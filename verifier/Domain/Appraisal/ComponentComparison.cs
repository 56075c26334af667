namespace IotAttest.Domain.Appraisal;

/// <summary>One line of the comparison people read.</summary>
/// <param name="Name">The component.</param>
/// <param name="Reported"><c>sha256:</c> and 64 hex digits, or null when the board did not report it.</param>
/// <param name="Expected">The same from the manifest compared with, or null when that has none.</param>
public sealed record ComponentComparison(string Name, string? Reported, string? Expected);
