namespace IotAttest.Domain.Images;

/// <summary>Erased NOR flash reads as ones.</summary>
internal static class ErasedFlash
{
    public const byte Value = 0xFF;

    /// <summary>The index of the first byte that is not erased, or -1.</summary>
    public static int FirstWritten(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(Value);
}
