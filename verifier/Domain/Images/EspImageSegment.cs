namespace IotAttest.Domain.Images;

/// <summary>One segment of an ESP-IDF image.</summary>
/// <param name="LoadAddress">Where the chip loads or maps it.</param>
/// <param name="FileOffset">Where its data start in the file.</param>
/// <param name="LengthBytes">A multiple of 4, below 16 MiB.</param>
public sealed record EspImageSegment(uint LoadAddress, int FileOffset, int LengthBytes);
