namespace IotAttest.Domain.Advisories;

/// <summary>Why an advisory was refused.</summary>
/// <param name="Path">Where, such as <c>vulnerabilities[3].product_status</c>.</param>
/// <param name="Seen">What stands there, never more than a short excerpt.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Do">The next step.</param>
public sealed record AdvisoryError(string Path, string Seen, string Expected, string Do)
{
    /// <summary>One line: path, seen, expected.</summary>
    public override string ToString() => $"{Path}: seen {Seen}, expected {Expected}";
}
