using IotAttest.Protocol;

namespace IotAttest.Domain.Corim;

/// <summary>Why a CoRIM was refused.</summary>
/// <param name="Status">The kind of failure.</param>
/// <param name="Path">Where, in the names of draft-ietf-rats-corim-11, such as <c>comid/triples/reference/digest</c>.</param>
/// <param name="Seen">What stands there, never more than a short excerpt.</param>
/// <param name="Expected">What should stand there.</param>
public sealed record CorimError(DecodeStatus Status, string Path, string Seen, string Expected)
{
    /// <summary>One line: path, seen, expected.</summary>
    public override string ToString() => $"{Path}: seen {Seen}, expected {Expected} ({Status})";
}
