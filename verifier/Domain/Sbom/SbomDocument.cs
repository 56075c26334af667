namespace IotAttest.Domain.Sbom;

/// <summary>A software bill of materials as far as it is indexed.</summary>
/// <param name="Format">Such as <c>CycloneDX 1.6</c> or <c>SPDX 2.3</c>.</param>
/// <param name="Components">At most <see cref="SbomReader.MaxComponents"/>, in the order of the file, nested ones after their parent.</param>
public sealed record SbomDocument(string Format, IReadOnlyList<SbomComponent> Components);
