namespace IotAttest.Domain.Boards;

/// <summary>One area of a board's flash.</summary>
/// <param name="Name">Lower case, unique on the board; a measured one is in <see cref="RegionNames.Measurable"/>.</param>
/// <param name="Offset">First byte, counted from the start of flash.</param>
/// <param name="Size">Length in bytes, at least 1 alignment unit; offset + size lies inside the flash.</param>
/// <param name="Measured">True when the board digests the area and the build manifest lists it.</param>
public sealed record BoardRegion(string Name, uint Offset, uint Size, bool Measured)
{
    /// <summary>The first byte behind the region.</summary>
    public long End => (long)Offset + Size;
}
