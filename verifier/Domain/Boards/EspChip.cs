namespace IotAttest.Domain.Boards;

/// <summary>An Espressif chip that nanoFramework has targets for.</summary>
/// <param name="Name">As Espressif writes it.</param>
/// <param name="ImageChipId">The chip id in an image header.</param>
/// <param name="BootloaderOffset">Where its ROM looks for the second-stage boot loader.</param>
/// <remarks>Sources: ESP-IDF components/bootloader_support/include/esp_app_format.h (esp_chip_id_t) and
/// CONFIG_BOOTLOADER_OFFSET_IN_FLASH of each chip; targets as in nf-interpreter targets/ESP32/defconfig.</remarks>
public sealed record EspChip(string Name, ushort ImageChipId, uint BootloaderOffset)
{
    private const string TargetPrefix = "ESP32";

    private static readonly EspChip Original = new("ESP32", 0x0000, 0x1000);

    private static readonly Dictionary<string, EspChip> ByTargetWord = new(StringComparer.Ordinal)
    {
        ["S2"] = new("ESP32-S2", 0x0002, 0x1000),
        ["C3"] = new("ESP32-C3", 0x0005, 0x0000),
        ["S3"] = new("ESP32-S3", 0x0009, 0x0000),
        ["C6"] = new("ESP32-C6", 0x000D, 0x0000),
        ["H2"] = new("ESP32-H2", 0x0010, 0x0000),
        ["P4"] = new("ESP32-P4", 0x0012, 0x2000),
        ["C61"] = new("ESP32-C61", 0x0014, 0x0000),
        ["C5"] = new("ESP32-C5", 0x0017, 0x2000),
    };

    /// <summary>The chips of <see cref="ForTarget"/>.</summary>
    public static IEnumerable<EspChip> All => ByTargetWord.Values.Prepend(Original);

    /// <summary>True when the nanoff target names an ESP32 of any kind.</summary>
    public static bool IsEspTarget(string target) => target.StartsWith(TargetPrefix, StringComparison.Ordinal);

    /// <summary>The chip of a nanoff target (<c>ESP32_C6_THREAD</c>: ESP32-C6, <c>ESP32_PSRAM_REV3</c>: ESP32), or null when the
    /// target's name does not say (<c>M5Core2</c>, <c>ST_STM32F769I_DISCOVERY</c>).</summary>
    public static EspChip? ForTarget(string target)
    {
        string[] words = target.Split('_');
        if (words[0] != TargetPrefix)
        {
            return null;
        }

        return words.Length > 1 && ByTargetWord.TryGetValue(words[1], out EspChip? chip) ? chip : Original;
    }

    /// <summary>The name of the chip with that image id, or the id itself.</summary>
    public static string Describe(ushort imageChipId) =>
        All.FirstOrDefault(chip => chip.ImageChipId == imageChipId) is { } chip ? $"{imageChipId} ({chip.Name})" : $"{imageChipId}";
}
