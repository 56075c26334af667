namespace IotAttest.Domain.Boards;

/// <summary>The names a measured region may bear: the component names of the evidence (docs/protocol.md, measured component).</summary>
public static class RegionNames
{
    /// <summary>What the chip starts first: second-stage boot loader (ESP32), nanoBooter (STM32).</summary>
    public const string Bootloader = "bootloader";

    /// <summary>The ESP-IDF partition table.</summary>
    public const string Partitions = "partitions";

    /// <summary>The nanoCLR: the whole partition or flash area, erased tail included.</summary>
    public const string Clr = "clr";

    /// <summary>The managed assemblies: the whole area, erased tail included.</summary>
    public const string Deployment = "deployment";

    /// <summary>Configuration blocks; measured only where they are not secret and identical across a build.</summary>
    public const string Config = "config";

    /// <summary>The component of self-reported boards; never a region of flash.</summary>
    internal const string Inventory = "inventory";

    /// <summary>The five names that may be measured, in flash order of a usual board.</summary>
    public static IReadOnlyList<string> Measurable { get; } = [Bootloader, Partitions, Clr, Deployment, Config];
}
