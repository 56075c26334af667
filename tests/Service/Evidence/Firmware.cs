using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Tests;

/// <summary>Measured sets for tests.</summary>
internal static class Firmware
{
    public static MeasuredSet Certified { get; } = Of(("clr", 0x11), ("deployment", 0x22));

    public static MeasuredSet Tampered { get; } = Of(("clr", 0x11), ("deployment", 0x99));

    public static MeasuredSet OtherTampered { get; } = Of(("clr", 0x11), ("deployment", 0x98));

    /// <summary>Components with digests of one repeated byte.</summary>
    public static MeasuredSet Of(params (string Name, byte Filler)[] components) =>
        new(components.Select(component => new MeasuredComponent(component.Name, Enumerable.Repeat(component.Filler, 32).ToArray())));
}
