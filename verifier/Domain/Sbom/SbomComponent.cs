namespace IotAttest.Domain.Sbom;

/// <summary>One part of a build. Texts are 1 to 1024 characters without control characters.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version text, or null when the file does not say.</param>
/// <param name="Purl">Package URL, or null.</param>
/// <param name="Type">What it is, lower-case, such as <c>library</c>; null when the file does not say.</param>
/// <param name="Hashes">Lower-case hex by algorithm (<c>SHA-256</c>).</param>
public sealed record SbomComponent(string Name, string? Version, string? Purl, string? Type, IReadOnlyDictionary<string, string> Hashes);
