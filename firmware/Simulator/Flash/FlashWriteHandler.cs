namespace IotAttest.Simulator;

/// <summary>Hears of bytes that are about to be written to flash.</summary>
internal delegate void FlashWriteHandler(long offset, ReadOnlySpan<byte> bytes);
