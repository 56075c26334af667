namespace IotAttest.Domain.Sbom;

/// <summary>Why a bill of materials was refused.</summary>
/// <param name="Path">Where, such as <c>components[3].version</c>.</param>
/// <param name="Seen">What stands there, never more than a short excerpt.</param>
/// <param name="Expected">What should stand there.</param>
public sealed record SbomError(string Path, string Seen, string Expected)
{
    /// <summary>One line: path, seen, expected.</summary>
    public override string ToString() => $"{Path}: seen {Seen}, expected {Expected}";
}
