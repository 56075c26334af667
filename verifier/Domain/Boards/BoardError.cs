namespace IotAttest.Domain.Boards;

/// <summary>Why a board.json was refused: the first thing that does not hold.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.regions[2].size</c>.</param>
/// <param name="Seen">What stands there.</param>
/// <param name="Expected">What has to stand there.</param>
/// <param name="Do">What to do about it.</param>
public sealed record BoardError(string Path, string Seen, string Expected, string Do)
{
    /// <summary>All of it in one line.</summary>
    public string Message => $"{Path}: seen {Seen}; expected {Expected}; {Do}";

    /// <inheritdoc/>
    public override string ToString() => Message;
}
