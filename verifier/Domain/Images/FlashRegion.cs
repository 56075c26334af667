namespace IotAttest.Domain.Images;

/// <summary>A measured region as flash holds it after the certified way of flashing: the file, then erased bytes.</summary>
/// <param name="Name">The component name.</param>
/// <param name="Offset">First byte, counted from the start of flash.</param>
/// <param name="Size">Bytes of the region.</param>
/// <param name="Sha256">32 bytes: SHA-256 over all <paramref name="Size"/> bytes, what the board measures.</param>
/// <param name="FileLengthBytes">Bytes that come from the file; the rest is 0xFF.</param>
public sealed record FlashRegion(string Name, uint Offset, uint Size, ReadOnlyMemory<byte> Sha256, int FileLengthBytes);
