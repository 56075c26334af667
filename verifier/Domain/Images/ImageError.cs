namespace IotAttest.Domain.Images;

/// <summary>Why a firmware file was refused: the first thing that does not hold.</summary>
/// <param name="Field">The field of the format, such as <c>segment 2 length</c>.</param>
/// <param name="Offset">Where it lies, in bytes from the start of the file.</param>
/// <param name="Seen">What stands there.</param>
/// <param name="Expected">What has to stand there.</param>
/// <param name="Do">What to do about it.</param>
public sealed record ImageError(string Field, long Offset, string Seen, string Expected, string Do)
{
    /// <summary>The region whose file it is; null when a file was read by itself.</summary>
    public string? Region { get; init; }

    /// <summary>All of it in one line.</summary>
    public string Message => $"{(Region is null ? "" : Region + ": ")}{Field} at 0x{Offset:X}: seen {Seen}; expected {Expected}; {Do}";

    /// <inheritdoc/>
    public override string ToString() => Message;

    internal static ImageError Truncated(string field, long offset, long needed, long left) =>
        new(field, offset, $"{left} bytes up to the end of the file", $"{needed} bytes", "the file is cut short: build or download it again");
}
