namespace IotAttest.Simulator;

/// <summary>A region of flash that is measured as one component.</summary>
/// <param name="Name">The component name, such as <c>deployment</c>.</param>
/// <param name="Offset">Offset of its first byte in flash.</param>
/// <param name="Size">Length in bytes.</param>
public sealed record FlashRegion(string Name, long Offset, int Size);
